import { expect, test } from '@playwright/test';
import { lastingChanges } from '../../../../helpers/load/diagnosis/lasting-changes.ts';
import type { LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import { compareSummaries } from '../../../../helpers/load/report/compare/compare-summaries.ts';
import { markdownSummary } from '../../../../helpers/load/report/markdown-summary.ts';
import { reportPage } from '../../../../helpers/load/report/page/report-page.ts';
import { terminalSummary } from '../../../../helpers/load/report/terminal-summary.ts';
import {
  exampleDeviation,
  exampleMoment,
  examplePart,
  exampleStart,
} from '../../support/examples/example-load-part.ts';

const at = (second: number): number => exampleStart + second * 1000;

const ofApi = { to: 'api', killedMs: at(3), startedMs: at(4), recoveredMs: at(5.5), failed: 40, underWay: 8 } as const;
const ofDatabase = {
  to: 'database',
  killedMs: at(7),
  startedMs: at(7.5),
  recoveredMs: at(8),
  failed: 1,
  underWay: 1,
} as const;

/** Returns the summary of a run of ten seconds that has killed its API and its database, changed in places. */
const crashed = (changes: Partial<LoadPart> = {}): LoadSummary =>
  summarise([examplePart({ crashes: { outages: [ofApi, ofDatabase] }, ...changes })]);

const recovery = (expression: string) => [{ metric: 'recovery_seconds', expression }];

test.describe('summary of a load run that kills its target', () => {
  test('each kill is shown with its outage, recovery and requests', () => {
    expect(crashed().crashes).toEqual([
      {
        ...{ killed: 'api', atSecond: 3, startedAtSecond: 4, outageSeconds: 2.5, recoverySeconds: 1.5 },
        ...{ failed: 40, underWay: 8 },
      },
      {
        ...{ killed: 'database', atSecond: 7, startedAtSecond: 7.5, outageSeconds: 1, recoverySeconds: 0.5 },
        ...{ failed: 1, underWay: 1 },
      },
    ]);
  });

  test('recovery of overlapping outages counts from the last start', () => {
    const both = [
      { ...ofApi, recoveredMs: at(8) },
      { ...ofDatabase, recoveredMs: at(8) },
    ];
    const { crashes } = crashed({ crashes: { outages: both } });
    expect(crashes?.map(({ recoverySeconds }) => recoverySeconds)).toEqual([0.5, 0.5]);
  });

  test('thresholds on recovery_seconds are kept or missed in seconds', () => {
    const { thresholds, verdict, metrics } = crashed({ thresholds: recovery('max<1') });
    expect(metrics.recovery_seconds).toMatchObject({ type: 'trend', unit: 's', n: 2, min: 0.5 });
    expect(thresholds).toMatchObject([{ n: 2, result: 'fail' }]);
    expect(thresholds[0]?.value).toBeCloseTo(1.5, 2);
    expect(verdict).toBe('FAIL');
    expect(crashed({ thresholds: recovery('max<2') })).toMatchObject({ verdict: 'PASS' });
    expect(crashed({ thresholds: recovery('p(50)<0.6') })).toMatchObject({ verdict: 'PASS' });
  });

  test('run that kills nothing has no recovery, and a threshold on it is not measured', () => {
    const calm = summarise([examplePart({ thresholds: recovery('max<1') })]);
    expect(calm.metrics.recovery_seconds).toBeUndefined();
    expect(calm).toMatchObject({ verdict: 'INCONCLUSIVE', thresholds: [{ result: 'not measured' }] });
  });

  test('run that ended before its target recovered or the schedule was done is INCONCLUSIVE', () => {
    const { recoveredMs, ...open } = ofApi;
    expect(recoveredMs).toBe(at(5.5));
    expect(crashed({ crashes: { outages: [open] } })).toMatchObject({
      verdict: 'INCONCLUSIVE',
      reason: 'The run was over before a request succeeded again after the api was killed at second 3.0.',
    });
    expect(crashed({ crashes: { outages: [], notReached: 'kill api after 30s' } })).toMatchObject({
      verdict: 'INCONCLUSIVE',
      reason: 'The run was over before LOAD_FAULTS was: not done was kill api after 30s.',
    });
  });

  test('payment lost in a crash is a critical finding, and FAIL', () => {
    const deviation = exampleDeviation({ kind: 'answered-but-not-written', circumstance: 'after-crash' });
    const ledger = { ...examplePart().ledger, problems: ['the payment of order 7 is not in the tables'] };
    const { verdict, findings } = crashed({ deviations: [{ subject: 'order 7', deviation }], ledger });
    expect(verdict).toBe('FAIL');
    expect(findings).toMatchObject([
      { id: 'answered-but-not-written-pay-after-crash', severity: 'critical', circumstance: 'after-crash' },
    ]);
  });

  test('terminal, Markdown and page describe every kill, and the charts mark its time', () => {
    const summary = crashed();
    const line =
      'kill api at 3.0 s, started again at 4.0 s, first success 1.50 s later; outage 2.50 s; 40 requests had no outcome at first, 8 of them under way at the kill';
    expect(terminalSummary(summary, { colour: false })).toContain(`FORCED FAILURES\n  ${line}`);
    expect(terminalSummary(summary, { colour: false })).toMatch(/recovery_seconds +2 +1\.00 s/);
    expect(markdownSummary(summary)).toContain('### Forced failures\n\n- kill api at 3');
    const page = reportPage(summary);
    expect(page).toContain(line);
    expect(page).toContain('requests that met an outage are in the charts, and not in http_req_duration');
    expect(page).toContain('Refused, or left open by an outage');
    expect(page).toContain('"marks":[{"second":3,"label":"kill api"},{"second":4,"label":"start api"}');
    expect(page).toContain('Solid lines: kill api at 3.0 s, start api at 4.0 s, kill database at 7.0 s');
    expect(reportPage(summarise([examplePart()]))).not.toContain('Forced failures');
  });

  test('comparison of two runs has recovery in seconds', () => {
    expect(compareSummaries(crashed(), crashed())).toMatch(/`recovery_seconds` max +\| +1\.50 s \| +1\.50 s \|/);
  });
});

test.describe('lasting changes of a load run that kills its target', () => {
  /** Returns moments of which some are slow. */
  const momentsOf = (slowFrom: number) =>
    summarise([
      examplePart({
        moments: Array.from({ length: 60 }, (_, second) =>
          exampleMoment(second, { durations: new Array<number>(20).fill(second < slowFrom ? 10 : 60) }),
        ),
      }),
    ]);
  const changesWith = (slowFrom: number, crashWindows: { fromSecond: number; toSecond: number }[]) => {
    const { series, momentSeconds } = momentsOf(slowFrom);
    return lastingChanges({ series, momentSeconds, isPacedByRate: false, crashWindows });
  };

  test('change at a crash is explained by the crash', () => {
    expect(changesWith(30, [])).toMatchObject([{ measure: 'p50', second: 30 }]);
    expect(changesWith(30, [{ fromSecond: 29.5, toSecond: 38 }])).toEqual([]);
  });

  test('change at another time than the crash is still reported', () => {
    expect(changesWith(30, [{ fromSecond: 10, toSecond: 15 }])).toMatchObject([{ measure: 'p50', second: 30 }]);
  });
});
