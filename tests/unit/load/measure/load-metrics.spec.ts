import { expect, test } from '@playwright/test';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import { loadMetrics } from '../../../../helpers/load/measure/load-metrics.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { metricDefinitions } from '../../../../helpers/settings/load/metrics.ts';
import { counted, encodedDurations, examplePart } from '../../support/examples/example-load-part.ts';

test.describe('load metrics', () => {
  test('every measured metric has its declared type', () => {
    const typesOf = (metrics: Readonly<Record<string, { type: string }>>): string[] =>
      Object.entries(metrics).map(([name, { type }]) => `${name} ${type}`);
    expect(typesOf(loadMetrics(mergeParts([examplePart({ crashes: { outages: [] } })])))).toEqual(
      typesOf(metricDefinitions),
    );
  });

  test('durations count successful requests only', () => {
    const { metrics: measured, thresholds } = summarise([
      examplePart({
        counters: counted({ http_reqs: 10, http_req_failed: 7 }),
        durations: encodedDurations([100, 200, 300]),
      }),
    ]);
    expect(measured.http_req_duration).toMatchObject({ type: 'trend', n: 3 });
    expect(measured.http_req_failed).toEqual({ type: 'rate', n: 10, passes: 7, fails: 3, rate: 0.7 });
    expect(thresholds).toMatchObject([{ n: 3, result: 'pass' }]);
  });

  test('run without a success has no duration, and its threshold is not measured', () => {
    const { metrics: measured, thresholds } = summarise([
      examplePart({ counters: counted({ http_reqs: 10, http_req_failed: 10 }), durations: encodedDurations([]) }),
    ]);
    expect(measured.http_req_duration).toEqual({ type: 'trend', n: 0 });
    expect(thresholds).toEqual([
      { metric: 'http_req_duration', expression: 'p(95)<1000', n: 0, result: 'not measured' },
    ]);
  });
});
