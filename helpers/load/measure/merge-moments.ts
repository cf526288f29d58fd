import { sum } from '../../text/sum.ts';
import type { LoadPart, PartMoment } from './load-part.ts';
import { alongside, joined } from './moments.ts';
import type { Sample } from './sample.ts';

type Slots = ReadonlyMap<number, PartMoment>;

/**
 * Merges the moments of all parts of a run by their time.
 *
 * @param startedMs when the run began, in milliseconds since the epoch.
 * @param momentMs how long a moment is: as long as the longest of any part.
 */
export function mergeMoments(
  parts: readonly Pick<LoadPart, 'moments'>[],
  startedMs: number,
  momentMs: number,
): PartMoment[] {
  const owns = parts.map((part) => slotsOf(part, startedMs, momentMs));
  const slots = [...new Set(owns.flatMap((own) => [...own.keys()]))].sort((one, other) => one - other);
  const held = owns.map((own) => heldBy(own, slots));
  return slots.map((slot, index) => {
    const here = owns.flatMap((own) => own.get(slot) ?? []);
    const samples = held.flatMap((samplesOfPart) => samplesOfPart[index] ?? []);
    return { ...here.reduce(alongside), ...heldByAll(here, samples), startMs: startedMs + slot * momentMs };
  });
}

function slotsOf({ moments }: Pick<LoadPart, 'moments'>, startedMs: number, momentMs: number): Slots {
  const slots = new Map<number, PartMoment>();
  const firstMs = moments[0]?.startMs ?? startedMs;
  // Counted from the part's own first moment: one that begins half-way between two slots would else fall to either.
  const firstSlot = Math.round((firstMs - startedMs) / momentMs);
  for (const moment of moments) {
    const slot = firstSlot + Math.round((moment.startMs - firstMs) / momentMs);
    const known = slots.get(slot);
    slots.set(slot, known ? joined(known, moment) : moment);
  }
  return slots;
}

/**
 * Returns what the accounts and products of one part hold in each slot. They hold it before it begins and after it has
 * ended, too: without them, all together would seem to have less whenever one part is not under way.
 */
function heldBy(own: Slots, slots: readonly number[]): Sample[] {
  const seen = slots.map((slot) => sampleOf(own.get(slot)));
  let held = seen.reduceRight<Sample>((later, sample) => ({ ...later, ...sample }), {});
  return seen.map((sample) => (held = { ...held, ...sample }));
}

const sampleOf = ({
  balanceLowest,
  balanceTotal,
  stockLowest,
  stockTotal,
}: Readonly<Partial<PartMoment>> = {}): Sample => ({
  ...(balanceLowest !== undefined && { balanceLowest }),
  ...(balanceTotal !== undefined && { balanceTotal }),
  ...(stockLowest !== undefined && { stockLowest }),
  ...(stockTotal !== undefined && { stockTotal }),
});

const lowest = (values: readonly number[]): number => Math.min(...values);

/** Returns what all parts hold together in a moment in which some of them looked; where none did, it is not known. */
function heldByAll(here: readonly PartMoment[], samples: readonly Sample[]): Sample {
  const together = (name: keyof Sample, all: (values: readonly number[]) => number): number | undefined =>
    here.some((moment) => moment[name] !== undefined)
      ? all(samples.flatMap((sample) => sample[name] ?? []))
      : undefined;
  return sampleOf({
    balanceLowest: together('balanceLowest', lowest),
    balanceTotal: together('balanceTotal', sum),
    stockLowest: together('stockLowest', lowest),
    stockTotal: together('stockTotal', sum),
  });
}
