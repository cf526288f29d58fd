import { expect, test } from '@playwright/test';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { compareSummaries } from '../../../../helpers/load/report/compare/compare-summaries.ts';
import { markdownSummary } from '../../../../helpers/load/report/markdown-summary.ts';
import { metricGroups } from '../../../../helpers/load/report/metric-groups.ts';
import { reportPage } from '../../../../helpers/load/report/page/report-page.ts';
import { terminalSummary } from '../../../../helpers/load/report/terminal-summary.ts';
import { exampleSummary } from '../../support/examples/example-load-summary.ts';

const summary: LoadSummary = exampleSummary({
  metrics: {
    iterations: { type: 'counter', n: 300, count: 300, rate: 3 },
    http_req_failed: { type: 'rate', n: 1200, passes: 0, fails: 1200, rate: 0 },
  },
  counters: { iterations: 300, http_req_failed: 0, order_retries: 7 },
});

test.describe('metric groups', () => {
  test('metric that is a counter is not listed again among the other counts', () => {
    const { counters, rates, others } = metricGroups(summary);
    expect(counters.map(({ name }) => name)).toEqual(['iterations']);
    expect(rates.map(({ name }) => name)).toEqual(['http_req_failed']);
    expect(others).toEqual([{ name: 'order_retries', count: 7 }]);
  });

  test('every metric is listed once in each report', () => {
    const outputs = {
      terminal: terminalSummary(summary, { colour: false }).match(
        /^ {2}(?:iterations|http_req_failed|order_retries) /gm,
      ),
      markdown: markdownSummary(summary).match(/^\| `(?:iterations|http_req_failed|order_retries)` \|/gm),
      page: reportPage(summary).match(/<th scope="row">(?:iterations|http_req_failed|order_retries)</g),
      comparison: compareSummaries(summary, summary).match(/^\| `(?:iterations|http_req_failed|order_retries)` +\|/gm),
    };
    for (const [name, listed] of Object.entries(outputs)) expect.soft(listed, name).toHaveLength(3);
  });

  test('metric that one of two runs has only as a counter is compared once', () => {
    const { metrics, ...rest } = summary;
    const before = { ...rest, metrics: {} };
    expect(compareSummaries(before, { ...rest, metrics }).match(/^\| `iterations` +\|/gm)).toHaveLength(1);
  });
});
