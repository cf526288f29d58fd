import { expect, test } from '@playwright/test';
import type { Fault } from '../../../../fixtures/shops/reference/faults/fault.ts';
import { forcedScenarios } from '../../../../helpers/mutation/killers/forced-scenarios.ts';
import { FaultSearch } from '../../../../helpers/mutation/killers/fault-search.ts';
import { mayBeIn, type ScenarioChoice, type Trial } from '../../../../helpers/mutation/matrix-plan.ts';
import type { TriedScenario } from '../../../../helpers/mutation/matrix-reporter.ts';
import { MatrixTally } from '../../../../helpers/mutation/matrix-tally.ts';
import { TrialOutcome } from '../../../../helpers/mutation/trials/trial-outcome.ts';

const fault: Fault = {
  ...{ name: 'debit-twice', family: 'money', race: false, description: 'An order is debited twice.' },
  apply: (parts) => parts,
};
const knownKiller = 'top-up.spec.ts › a top-up';

const trialOf = (scenarios: ScenarioChoice): Trial => ({
  ...{ name: '1', shop: { kind: 'fault', name: fault.name }, host: '', target: 'reference', scenarios, isBrief: true },
});

const outcomeOf = (scenarios: ScenarioChoice, ...ended: readonly Partial<TriedScenario>[]): TrialOutcome => {
  const outcome = new TrialOutcome(trialOf(scenarios));
  for (const one of ended) {
    outcome.add({
      ...{
        event: 'end',
        trial: '1',
        file: 'top-up.spec.ts',
        title: 'a top-up',
        tags: ['@balance'],
        seconds: 1,
        folder: 'balance',
        deviations: [],
      },
      ...{ status: 'passed', isTried: true, error: '' },
      ...one,
    });
  }
  return outcome;
};

const resultOf = (search: FaultSearch): ReturnType<MatrixTally['result']> => {
  const tally = new MatrixTally({ faults: 1, variants: 0 });
  search.tell(tally);
  return tally.result();
};

test.describe('search for what catches a fault', () => {
  test('ends with what has caught it before', () => {
    const search = new FaultSearch(fault, { allKillers: false, knownKiller });
    const next = search.next();
    expect(next).toEqual({ scenarios: { file: 'top-up.spec.ts', title: 'a top-up' }, enough: 1 });
    search.add(outcomeOf(next.scenarios, { status: 'failed' }));
    expect(search.isOver).toBe(true);
    expect(resultOf(search).faults).toMatchObject([{ killed: true, killedBy: [knownKiller], byOwnFamily: true }]);
  });

  test('goes on by title, by file and by family, and to all scenarios before the fault survives', () => {
    const search = new FaultSearch(fault, { allKillers: false, knownKiller });
    const tried: ScenarioChoice[] = [];
    while (!search.isOver) {
      const { scenarios } = search.next();
      tried.push(scenarios);
      // Nobody has that title any more.
      search.add(scenarios.title === undefined ? outcomeOf(scenarios, {}) : outcomeOf(scenarios));
    }
    expect(tried).toEqual([
      { file: 'top-up.spec.ts', title: 'a top-up' },
      { title: 'a top-up' },
      { file: 'top-up.spec.ts' },
      { tags: ['@balance'] },
      {},
    ]);
    expect(resultOf(search).faults).toMatchObject([{ killed: false, killedBy: [] }]);
  });

  test('does not look for what is there under its title and has not caught it', () => {
    const search = new FaultSearch(fault, { allKillers: false, knownKiller });
    const { scenarios } = search.next();
    search.add(outcomeOf(scenarios, {}));
    expect(search.next()).toEqual({ scenarios: { file: 'top-up.spec.ts' }, enough: 1 });
  });

  test('of a race does not end with what caught it by luck', () => {
    const search = new FaultSearch({ ...fault, race: true }, { allKillers: false, knownKiller: undefined });
    expect(search.next().scenarios).toEqual({ tags: ['@balance'], forced: true });
    search.add(outcomeOf({}, { status: 'failed' }));
    expect(search.isOver).toBe(false);
    search.next();
    search.add(outcomeOf({}, { status: 'timedOut', file: `overspending${forcedScenarios}.ts` }));
    expect(search.isOver).toBe(true);
    expect(resultOf(search).faults).toMatchObject([{ killed: true, throughGate: true }]);
  });

  test('does not end with a scenario of another family', () => {
    const search = new FaultSearch(fault, { allKillers: false, knownKiller });
    search.next();
    search.add(outcomeOf({}, { status: 'failed', tags: ['@contract'] }));
    expect(search.isOver).toBe(false);
  });

  test('finds nothing out where the shop or its database is not there', () => {
    const search = new FaultSearch(fault, { allKillers: false, knownKiller });
    search.next();
    search.add(outcomeOf({}, { status: 'failed', isTried: false, error: 'no table' }));
    expect(search.isOver).toBe(true);
    const { faults, notTried } = resultOf(search);
    expect(faults).toEqual([]);
    expect(notTried).toEqual(['debit-twice: no table']);
  });

  test('for all that catch it tries all scenarios at once', () => {
    const search = new FaultSearch(fault, { allKillers: true, knownKiller });
    expect(search.next()).toEqual({ scenarios: {}, enough: 4 });
    search.add(outcomeOf({}, { status: 'failed' }));
    expect(search.isOver).toBe(true);
  });

  test('of one that only a crash shows looks at the scenarios that kill the shop, and at no others', () => {
    const search = new FaultSearch({ ...fault, crash: true }, { allKillers: false, knownKiller: undefined });
    const { scenarios } = search.next();
    expect(scenarios).toEqual({ crashes: 'alone' });
    const files = ['top-ups.spec.ts', 'waiting-requests.crash.spec.ts'];
    expect(files.filter((file) => mayBeIn(file, scenarios))).toEqual(['waiting-requests.crash.spec.ts']);
    expect(files.filter((file) => mayBeIn(file, {}))).toEqual(['top-ups.spec.ts']);
    expect(files.filter((file) => mayBeIn(file, { crashes: 'too' }))).toEqual(files);
  });
});
