import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticator } from '../api/authenticator.ts';
import { parseJson } from '../text/json.ts';
import { keepSecret, withoutSecrets } from '../text/secrets.ts';
import { projectFolder } from '../text/project-folder.ts';
import type { Settings } from '../settings/settings.ts';
import { shownLine } from '../text/shown-text.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { poolTransport } from '../api/transports/pool-transport.ts';
import type { Transport } from '../api/transports/transport.ts';
import { allSteps } from './steps/all-steps.ts';
import type { Correction, Misfit, PropertyPath } from './judge/misfit.ts';
import { ProfileSource, type SourcePlace } from './suggest/profile-source.ts';
import { showExchange } from './report/show-exchange.ts';
import { Interrupted, NotApplicable, NotReached, StepMisfit } from './steps/step-ends.ts';
import type { CheckReport, PlacedMisfit, StepOutcome, StepReport } from './report/step-report.ts';
import type { Step } from './steps/step.ts';
import { Walk } from './steps/walk.ts';

/** Options of a check. */
export interface TargetCheckOptions {
  /** Settings with the address of the API. */
  readonly settings: Settings & { readonly baseUrl: string };
  readonly profile: TargetProfile;
  /** The profile's file. */
  readonly file: string;
  readonly signal: AbortSignal;
  /** Called with every step once it is over. */
  readonly onStep: (step: StepReport) => void;
}

const maxMisfitLength = 1000;

/** Wait for an answer in flight after an interruption, so that its effect is put back too. */
const graceMs = 1000;

/**
 * Checks a profile against its live target, step by step. The check's own rows are removed at the end, however it ends.
 *
 * @throws UserError when the profile needs a secret that is not set.
 */
export async function runTargetCheck(options: TargetCheckOptions): Promise<CheckReport> {
  const { settings, profile, file, signal, onStep } = options;
  keepSecret([settings.database?.password, ...Object.values(settings.secrets)]);
  const pool = poolTransport(settings.baseUrl, settings.requestTimeoutMs, 1);
  const transport = watchedTransport(pool, profile, signal);
  authenticator({ profile, settings, transport });
  const walk = new Walk({ profile, settings, transport, signal });
  const reporter = new StepReporter(walk, new ProfileSource(file));
  try {
    for (const step of allSteps) {
      const isOver = !(await reporter.run(step));
      if (isOver) break;
      onStep(reporter.last);
    }
  } finally {
    if (walk.hasRows) {
      await reporter.putBack();
      onStep(reporter.last);
    }
    await pool.close();
  }
  const { steps } = reporter;
  const { host, port, name } = settings.database ?? {};
  return {
    target: profile.name,
    profile: shortPath(file),
    baseUrl: settings.baseUrl,
    ...(host !== undefined && { database: `${host}:${port ?? ''}/${name ?? ''}` }),
    steps,
    misfits: steps.reduce((sum, { misfits }) => sum + misfits.length, 0),
    corrections: reporter.corrections,
    interrupted: signal.aborted,
  };
}

/** Returns a transport that registers the secrets in its requests, and that an interruption ends. */
function watchedTransport(inner: Transport, { authentication }: TargetProfile, signal: AbortSignal): Transport {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      void sleep(graceMs).then(() => {
        reject(new Error('interrupted'));
      });
    });
  });
  interrupted.catch(() => undefined);
  return {
    send(request) {
      for (const [name, value] of Object.entries(request.headers)) {
        const isSecret =
          /^(?:authorization|cookie)$/i.test(name) ||
          (authentication?.by === 'api-key' && name === authentication.header);
        if (isSecret) keepSecret([value.replace(/^\w+ /, '')]);
      }
      return Promise.race([inner.send(request), interrupted]);
    },
  };
}

/** Runs steps and keeps their reports. */
class StepReporter {
  readonly steps: StepReport[] = [];
  readonly corrections: Correction[] = [];
  readonly #walk: Walk;
  readonly #source: ProfileSource;
  /** Misfits that have been reported. */
  readonly #told = new Set<string>();

  constructor(walk: Walk, source: ProfileSource) {
    this.#walk = walk;
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
      else this.#walk.add({ problem: messageOf(error), suggestion: 'check the tables of the profile, and the target' });
      return undefined;
    }
  }

  #notReached({ needs }: NotReached): { outcome: StepOutcome; why: string } {
    const index =
      typeof needs === 'number' ? needs - 1 : allSteps.findIndex(({ provides = [] }) => provides.includes(needs));
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
      why?: string | undefined;
    },
  ): void {
    const { why, outcome, misfits, notes, exchanges } = step;
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
      outcome: fresh.length > 0 ? 'misfit' : outcome,
      ...(why !== undefined && { why: shown(why) }),
      exchanges,
      misfits: fresh,
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
