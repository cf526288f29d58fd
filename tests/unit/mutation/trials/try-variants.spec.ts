import { expect, test } from '@playwright/test';
import { variantNamed } from '../../../../fixtures/shops/reference/variants/all-variants.ts';
import { MatrixTally } from '../../../../helpers/mutation/matrix-tally.ts';
import type { TriedScenario } from '../../../../helpers/mutation/matrix-reporter.ts';
import type { Task } from '../../../../helpers/mutation/trials/task.ts';
import { TrialOutcome } from '../../../../helpers/mutation/trials/trial-outcome.ts';
import { variantTask } from '../../../../helpers/mutation/trials/try-variants.ts';
import { variantShops } from '../../../../helpers/mutation/trials/variant-shops.ts';

const ended = (title: string, status: TriedScenario['status']): TriedScenario => ({
  ...{ event: 'end', trial: '', file: 'a.spec.ts', title, tags: [], status },
  ...{ isTried: true, error: status === 'failed' ? 'accused' : '', seconds: 1, folder: 'balance', deviations: [] },
});

const end = (task: Task | undefined, scenarios: readonly TriedScenario[]): void => {
  if (!task) throw new Error('There is no such task.');
  const outcome = new TrialOutcome({ ...task.trial, name: '', host: '' });
  outcome.expect(scenarios.length);
  for (const scenario of scenarios) outcome.add(scenario);
  task.onEnd(outcome);
};

const begin = (...names: readonly string[]) => {
  const tally = new MatrixTally({ faults: 0, variants: names.length });
  const later: Task[] = [];
  const [shop] = variantShops(names.map(variantNamed), false);
  if (!shop) throw new Error('There is no such shop.');
  return { tally, later, task: variantTask(shop, { tally, later: (tasks) => later.push(...tasks) }) };
};

const greenOf = (tally: MatrixTally) => tally.result().variants.map(({ name, green }) => ({ name, green }));

const all = [ended('pays', 'passed'), ended('replays', 'skipped')];

test.describe('trial of variants', () => {
  test('that share a profile is over when no scenario accuses them', () => {
    const { tally, later, task } = begin('big-ids', 'pretty-printed');
    end(task, all);
    expect(greenOf(tally)).toEqual([
      { name: 'big-ids', green: true },
      { name: 'pretty-printed', green: true },
    ]);
    expect(later).toEqual([]);
  });

  test('with several profiles tries what did not apply to all of them with those of one profile', () => {
    const { tally, later, task } = begin('codes-shared', 'payment-outbox');
    end(task, all);
    expect(greenOf(tally)).toEqual([]);
    expect(later.map(({ trial }) => [trial.shop.name, trial.target, trial.scenarios])).toEqual([
      ['codes-shared', 'fixtures/shops/targets/codes-shared.ts', { names: ['a.spec.ts › replays'] }],
      ['payment-outbox', 'reference', { names: ['a.spec.ts › replays'] }],
    ]);
    end(later[0], [ended('replays', 'skipped')]);
    end(later[1], [ended('replays', 'failed')]);
    expect(greenOf(tally)).toEqual([
      { name: 'codes-shared', green: true },
      { name: 'payment-outbox', green: false },
    ]);
  });

  test('tries each variant of an accused shop alone, and accuses the shop if none of them fails', () => {
    const { tally, later, task } = begin('codes-shared', 'payment-outbox');
    end(task, [ended('pays', 'failed')]);
    expect(later.map(({ trial }) => [trial.shop.name, trial.scenarios])).toEqual([
      ['codes-shared', {}],
      ['payment-outbox', {}],
    ]);
    for (const alone of later) end(alone, all);
    expect(greenOf(tally)).toEqual([
      { name: 'codes-shared', green: true },
      { name: 'codes-shared+payment-outbox', green: false },
      { name: 'payment-outbox', green: true },
    ]);
  });

  test('of which nothing could be run has no result', () => {
    const { tally, task } = begin('big-ids');
    end(task, [{ ...ended('pays', 'failed'), isTried: false }]);
    expect(tally.result()).toMatchObject({ variants: [], notTried: ['big-ids: accused'] });
  });
});
