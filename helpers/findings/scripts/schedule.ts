import type { Intervention } from '../deviations/deviation.ts';
import type { ScriptEvidence, ScriptedExchange } from './evidence-of.ts';

/** What a script does next. */
export type ScheduledStep =
  /** Waits for answers that had come by now. */
  | { readonly do: 'await'; readonly places: readonly number[] }
  | { readonly do: 'send'; readonly exchange: ScriptedExchange }
  | { readonly do: 'change'; readonly change: Intervention }
  | { readonly do: 'hold'; readonly row: Intervention }
  /** Waits until so many requests wait for the row. */
  | { readonly do: 'pile-up'; readonly requests: number }
  /** Holds the row for so much longer, and lets it go. */
  | { readonly do: 'release'; readonly afterMs: number };

/** Times are rounded to tenths. */
const toleranceMs = 0.2;

/** What comes later than this in a held row's time was waited with until the others stood. */
const pauseMs = 12;

/** A row that was held for longer after the last request is held for as long by the script. */
const longMs = 700;

const maxLongMs = 10_000;

interface Moment {
  readonly atMs: number;
  readonly rank: number;
  readonly step: ScheduledStep;
}

const momentsOf = ({ exchanges, interventions }: ScriptEvidence): Moment[] => {
  const sent = exchanges.map((exchange): Moment => ({
    ...{ atMs: exchange.sentAtMs, rank: 1 },
    step: { do: 'send', exchange },
  }));
  const done = interventions.flatMap((one): Moment[] => {
    if (one.what !== 'hold') return [{ atMs: one.atMs, rank: 0, step: { do: 'change', change: one } }];
    const { untilMs = Infinity } = one;
    const last = Math.max(one.atMs, ...exchanges.map(({ sentAtMs }) => sentAtMs).filter((at) => at < untilMs));
    const longer = Math.min(untilMs - last, maxLongMs);
    return [
      { atMs: one.atMs, rank: 0, step: { do: 'hold', row: one } },
      { atMs: untilMs, rank: 0, step: { do: 'release', afterMs: longer > longMs ? longer : 0 } },
    ];
  });
  return [...sent, ...done].toSorted((one, other) => one.atMs - other.atMs || one.rank - other.rank);
};

/**
 * Returns the steps of a script: each request is sent once those are answered that had been when it was sent, and
 * without waiting for those that had not.
 */
export function scheduleOf(evidence: ScriptEvidence): ScheduledStep[] {
  const steps: ScheduledStep[] = [];
  const running = new Set<ScriptedExchange>();
  let isHeld = false;
  let lastSentMs = -Infinity;
  for (const { atMs, step } of momentsOf(evidence)) {
    const over = [...running].filter(({ endMs }) => endMs <= atMs + toleranceMs);
    if (over.length > 0) steps.push({ do: 'await', places: over.map(({ place }) => place) });
    for (const one of over) running.delete(one);
    const isEnding = step.do === 'change' && ['kill', 'deadlock'].includes(step.change.what);
    const comesLater = step.do === 'send' ? atMs - lastSentMs > pauseMs : step.do === 'release' || isEnding;
    if (isHeld && comesLater && running.size > 0) steps.push({ do: 'pile-up', requests: running.size });
    steps.push(step);
    if (step.do === 'send') {
      running.add(step.exchange);
      lastSentMs = atMs;
    }
    if (step.do === 'hold' || step.do === 'release') isHeld = step.do === 'hold';
  }
  if (running.size > 0) steps.push({ do: 'await', places: [...running].map(({ place }) => place) });
  return steps;
}
