import type { Trial } from '../matrix-plan.ts';
import type { TriedScenario } from '../matrix-reporter.ts';

/** What has become of a trial so far. */
export class TrialOutcome {
  readonly trial: Trial;
  /** The scenarios that failed, of what the shop did. */
  readonly failed: TriedScenario[] = [];
  /** How many scenarios have passed. */
  passed = 0;
  /** The scenarios that do not apply to the shop. */
  readonly notApplicable: TriedScenario[] = [];
  /** Why some scenarios could not be run. */
  readonly notTried: string[] = [];
  /** All that its scenarios took together. */
  seconds = 0;
  #left = Infinity;

  constructor(trial: Trial) {
    this.trial = trial;
  }

  /** Returns whether all of its scenarios have ended. */
  get isOver(): boolean {
    return this.#left === 0;
  }

  /** Notes how many scenarios there are. */
  expect(scenarios: number): void {
    this.#left = scenarios;
  }

  /** Notes the end of a scenario. */
  add(scenario: TriedScenario): void {
    const { status, isTried, error } = scenario;
    this.#left -= 1;
    this.seconds += scenario.seconds;
    if (status === 'skipped') this.notApplicable.push(scenario);
    else if (!isTried) this.notTried.push(error || `"${scenario.title}" could not be run.`);
    else if (status === 'passed') this.passed += 1;
    else if (status !== 'interrupted') this.failed.push(scenario);
  }

  /** Notes that the run ended too soon. */
  cutShort(why: string): void {
    this.notTried.push(why);
  }
}
