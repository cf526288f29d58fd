import type { Fault } from '../../../fixtures/shops/reference/faults/fault.ts';
import type { EndedScenario } from '../../findings/grouping/ended-scenario.ts';
import { findingsOfRun } from '../../findings/grouping/findings-of-run.ts';
import { noTolerance } from '../../findings/accepted/tolerance.ts';
import { familyTags } from './fault-families.ts';
import { isForced } from './forced-scenarios.ts';
import { nameOf, type ScenarioChoice } from '../matrix-plan.ts';
import { isKilledForCertain, type FaultResult } from '../matrix-result.ts';
import type { MatrixTally } from '../matrix-tally.ts';
import type { TriedScenario } from '../matrix-reporter.ts';
import type { TrialOutcome } from '../trials/trial-outcome.ts';

/** Beyond so many, how many more scenarios catch a fault says nothing new. */
export const maxKillers = 4;

const endedOf = ({ folder, file, title, promise, deviations, error }: TriedScenario): EndedScenario => ({
  file: `${folder}/${file}`,
  title,
  ...(promise !== undefined && { promise }),
  status: 'failed',
  observed: { deviations, exchanges: [], gate: [] },
  error,
});

/** A round of trying a fault: what has caught it so far, and where it is looked for next. */
export class FaultSearch {
  readonly fault: Fault;
  readonly #allKillers: boolean;
  #choices: ScenarioChoice[];
  readonly #caughtBy = new Map<string, TriedScenario>();
  readonly #notTried: string[] = [];
  #seconds = 0;

  /** @param knownKiller as `file › title`; it has caught the fault before. */
  constructor(fault: Fault, { allKillers, knownKiller }: { allKillers: boolean; knownKiller: string | undefined }) {
    this.fault = fault;
    this.#allKillers = allKillers;
    const choices: ScenarioChoice[] = allKillers ? [{}] : choicesFor(fault, knownKiller);
    this.#choices = fault.crash ? choices.map((choice) => ({ ...choice, crashes: 'alone' })) : choices;
  }

  /** Returns whether it is caught as it should be, or there is nowhere left to look. */
  get isOver(): boolean {
    return (
      this.#choices.length === 0 ||
      this.#notTried.length > 0 ||
      (!this.#allKillers && isKilledForCertain(this.#result()))
    );
  }

  /** Returns which scenarios are next, and after how many failures it is enough. */
  next(): { scenarios: ScenarioChoice; enough?: number } {
    const scenarios = this.#choices.shift() ?? {};
    if (!this.#allKillers) return { scenarios, enough: 1 };
    return { scenarios, ...(!this.fault.race && { enough: maxKillers }) };
  }

  /** Notes what has become of the trial that was next. */
  add({ trial, passed, failed, notTried, seconds }: TrialOutcome): void {
    // It is there under its title, and catches the fault no more.
    if (trial.scenarios.title !== undefined && passed > 0) {
      this.#choices = this.#choices.filter(({ title }) => title === undefined);
    }
    for (const scenario of failed) this.#caughtBy.set(nameOf(scenario), scenario);
    // What caught it has caught it, whatever else could not be run.
    if (failed.length === 0) this.#notTried.push(...notTried);
    this.#seconds += seconds;
  }

  /** Tells what has become of it. */
  tell(tally: MatrixTally): void {
    const result = this.#result();
    if (result.killed || this.#notTried.length === 0) tally.fault(result);
    else tally.notTried(result.name, this.#notTried);
  }

  #result(): FaultResult {
    const { name, family, race } = this.fault;
    const all = [...this.#caughtBy.values()];
    // What speaks of the fault itself comes first.
    const caughtBy = [...all.filter((one) => this.#isOwn(one)), ...all.filter((one) => !this.#isOwn(one))];
    const { findings } = findingsOfRun(all.map(endedOf), noTolerance);
    const [first] = findings;
    return {
      ...{ name, family, race },
      ...{ findings: findings.length, findingIds: findings.map(({ id }) => id) },
      ...{ firstKind: first?.kind, firstFamily: first?.family },
      firstIsOwn: first?.family === family,
      killed: caughtBy.length > 0,
      killedBy: caughtBy.map(nameOf),
      throughGate: caughtBy.some(({ file }) => isForced(file)),
      byOwnFamily: caughtBy.some((one) => this.#isOwn(one)),
      seconds: Math.round(this.#seconds * 10) / 10,
    };
  }

  #isOwn({ tags }: TriedScenario): boolean {
    return tags.some((tag) => familyTags[this.fault.family].includes(tag));
  }
}

/** A scenario may have another title since, or be in another file: nothing less than all of them lets a fault survive. */
function choicesFor({ family, race, crash }: Fault, knownKiller: string | undefined): ScenarioChoice[] {
  const [file, title] = knownKiller?.split(' › ') ?? [];
  const tags = [...familyTags[family]];
  // Few scenarios kill the target, and each of them is about all families.
  const ofFamily = crash ? [] : [{ tags, ...(race && { forced: true }) }];
  const known = file === undefined || title === undefined ? [] : [{ file, title }, { title }, { file }];
  return [...known, ...ofFamily, {}];
}
