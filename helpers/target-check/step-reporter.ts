import path from 'node:path';
import { parseJson } from '../text/json.ts';
import { projectFolder } from '../text/project-folder.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shownLine } from '../text/shown-text.ts';
import type { ApiFailure } from './judge/api-failure.ts';
import type { Correction, Misfit, PropertyPath } from './judge/misfit.ts';
import { showExchange } from './report/show-exchange.ts';
import type { PlacedMisfit, StepOutcome, StepReport } from './report/step-report.ts';
import { Interrupted, NotApplicable, NotReached, StepFailure, StepMisfit } from './steps/step-ends.ts';
import type { Step } from './steps/step.ts';
import type { Walk } from './steps/walk.ts';
import type { ProfileSource, SourcePlace } from './suggest/profile-source.ts';

const maxMisfitLength = 1000;

/** Runs steps and keeps their reports. */
export class StepReporter {
  readonly steps: StepReport[] = [];
  readonly corrections: Correction[] = [];
  readonly #walk: Walk;
  readonly #source: ProfileSource;
  /** Misfits that have been reported. */
  readonly #told = new Set<string>();

  readonly #all: readonly Step[];

  constructor(walk: Walk, source: ProfileSource, all: readonly Step[]) {
    this.#walk = walk;
    this.#all = all;
    this.#source = source;
  }

  get last(): StepReport {
    const last = this.steps.at(-1);
    if (!last) throw new Error('No step has run.');
    return last;
  }

  /** Runs a step. @returns false when it was interrupted, and no other is to follow. */
  async run({ title, run }: Step): Promise<boolean> {
    try {
      const came = this.#walk.begin(this.steps.length + 1);
      const ended = await this.#ending(() => run(this.#walk));
      const exchanges = came.exchanges.map((exchange) => showExchange(exchange));
      this.#push(title, {
        outcome: ended?.outcome ?? 'fits',
        exchanges,
        misfits: came.misfits,
        failures: came.failures,
        notes: came.notes,
        why: ended?.why,
      });
      return true;
    } catch (error) {
      if (error instanceof Interrupted) return false;
      throw error;
    }
  }

  /** Removes the check's own rows, which ends the walk. */
  async putBack(): Promise<void> {
    const notes: string[] = [];
    const misfits: Misfit[] = [];
    try {
      const { accounts, products, left } = await this.#walk.removeRows();
      notes.push(`removed ${accounts} accounts and ${products} products of the check, with all their orders`);
      if (left > 0) {
        misfits.push({ problem: `${left} rows are still there`, suggestion: 'the next run removes them' });
      }
    } catch (error) {
      const problem = `not all rows of the check could be removed: ${messageOf(error)}`;
      const suggestion = 'check tables: a table that refers to these rows may be missing; the next run tries again';
      misfits.push({ problem, property: ['tables'], suggestion });
    }
    this.#push('put everything back', {
      outcome: misfits.length > 0 ? 'misfit' : 'fits',
      exchanges: [],
      misfits,
      failures: [],
      notes,
    });
  }

  async #ending(run: () => Promise<void>): Promise<{ outcome: StepOutcome; why: string } | undefined> {
    try {
      await run();
      return undefined;
    } catch (error) {
      if (error instanceof NotApplicable) return { outcome: 'not-applicable', why: error.message };
      if (error instanceof NotReached) return this.#notReached(error);
      if (error instanceof Interrupted) throw error;
      if (error instanceof StepMisfit) this.#walk.add(error.misfit);
      else if (error instanceof StepFailure) this.#walk.fail(error.failure);
      else this.#walk.add({ problem: messageOf(error), suggestion: 'check the tables of the profile, and the target' });
      return undefined;
    }
  }

  #notReached({ needs }: NotReached): { outcome: StepOutcome; why: string } {
    const index =
      typeof needs === 'number' ? needs - 1 : this.#all.findIndex(({ provides = [] }) => provides.includes(needs));
    const step = this.steps[index];
    const why = `needs step ${index + 1}${step ? ` (${step.title})` : ''}`;
    return step?.outcome === 'not-applicable'
      ? { outcome: 'not-applicable', why: `${why}, which is not applicable` }
      : { outcome: 'not-reached', why };
  }

  #push(
    title: string,
    step: Pick<StepReport, 'outcome' | 'exchanges' | 'notes'> & {
      misfits: readonly Misfit[];
      failures: readonly ApiFailure[];
      why?: string | undefined;
    },
  ): void {
    const { why, outcome, misfits, failures, notes, exchanges } = step;
    const shown = (text: string): string => shownLine(text, maxMisfitLength);
    const placed = misfits.map((misfit) => this.#placed(misfit, shown));
    // One line can affect several steps, but is changed only once.
    const fresh = placed.filter((misfit, index) => !misfits[index]?.correction || !this.#told.has(keyOf(misfit)));
    for (const misfit of placed) this.#told.add(keyOf(misfit));
    for (const { correction } of misfits) if (correction) this.corrections.push(masked(correction));
    const known = placed.length - fresh.length;
    this.steps.push({
      number: this.steps.length + 1,
      title,
      outcome: fresh.length > 0 ? 'misfit' : failures.length > 0 ? 'failed' : outcome,
      ...(why !== undefined && { why: shown(why) }),
      exchanges,
      misfits: fresh,
      failures: failures.map((failure) => ({ ...failure, sentence: shown(failure.sentence) })),
      notes: [...notes.map(shown), ...(known > 0 ? [`${known} misfits of earlier steps, on the same lines`] : [])],
    });
  }

  #placed({ problem, property, suggestion }: Misfit, shown: (text: string) => string): PlacedMisfit {
    const place = property && this.#source.find(property);
    const where = place && whereToChange(place, property, this.#source.file);
    return {
      problem: shown(problem),
      suggestion: shown(suggestion),
      ...(property && { property: property.join('.') }),
      ...(place && { place: { file: shortPath(place.file), line: place.line, text: shown(place.text) } }),
      ...(where !== undefined && { where }),
    };
  }
}

const keyOf = ({ place, property, suggestion, where }: PlacedMisfit): string =>
  JSON.stringify([place, where ?? (place ? undefined : property), suggestion]);

const masked = ({ property, value }: Correction): Correction => ({
  property,
  // JSON has no undefined.
  value: value === undefined ? undefined : parseJson(withoutSecrets(JSON.stringify(value))),
});

const shortPath = (file: string): string => path.relative(projectFolder, file);

/** Returns where to make the change, when the line belongs to another profile or the property is missing. */
const whereToChange = ({ file, found }: SourcePlace, property: PropertyPath, ownFile: string): string | undefined => {
  const name = property.join('.');
  if (file !== ownFile) return `override ${name} in ${shortPath(ownFile)}`;
  return found < property.length ? `add ${name}` : undefined;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
