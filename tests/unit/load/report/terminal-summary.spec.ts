import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import { markdownSummary } from '../../../../helpers/load/report/markdown-summary.ts';
import { reportPage } from '../../../../helpers/load/report/page/report-page.ts';
import { terminalSummary } from '../../../../helpers/load/report/terminal-summary.ts';
import {
  exampleLoadFinding,
  exampleSummary,
  exhaustedSummary,
  hostileSummary,
  hostileTexts,
} from '../../support/examples/example-load-summary.ts';

const summarized = (summary = exhaustedSummary()): string => terminalSummary(summary, { colour: false });

test.describe('terminal summary', () => {
  test('terminal summary starts with thresholds, verdict and diagnosis', () => {
    const titles = summarized()
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line));
    expect(titles).toEqual(['THRESHOLDS', 'VERDICT', 'DIAGNOSIS', 'REFUSALS', 'METRICS', 'BUDGET', 'LEDGER', 'DRIVER']);
    expect(summarized()).toContain('  FAIL  The threshold payment_success rate>0.99 was crossed');
    expect(summarized()).toContain('    → Seed 10,000,000 won per account');
  });

  test('lasting change is a warning in terminal, Markdown and page', () => {
    const sentence = 'From second 5 on, half of the answers took 10 times as long.';
    const changes = [{ measure: 'p50' as const, second: 5, before: 10, after: 100, vus: 10, sentence }];
    const summary = exampleSummary({ changes });
    expect(summarized(summary)).toContain(`WARNINGS\n  ! ${sentence}\n`);
    expect(markdownSummary(summary)).toContain(`### Warnings\n\n- ⚠️ ${sentence}\n`);
    expect(reportPage(summary)).toContain(`<h2>${sentence}</h2>`);
    expect(summarized(exampleSummary())).not.toContain('WARNINGS');
    expect(markdownSummary(exampleSummary())).not.toContain('Warnings');
  });

  test('findings are shown once each with their count, in the order given, in terminal, Markdown and page', () => {
    const minor = exampleLoadFinding({ severity: 'minor', id: 'malformed-answer-pay-under-load', details: [] });
    const summary = exampleSummary({ findings: [exampleLoadFinding({ sample: 'POST /pay' }), minor] });
    const { sentence } = minor;
    expect(summarized(summary)).toContain(
      `FINDINGS\n  critical  ${sentence}  charged-twice-pay-under-load\n` +
        `    · seen with it and not alone: money left a balance\n  minor  ${sentence}  malformed-answer-pay-under-load\n`,
    );
    expect(markdownSummary(summary)).toMatch(/### Findings\n\n- \*\*critical\*\*: Payment.*12 orders.*\n {2}- seen/);
    expect(reportPage(summary)).toMatch(
      /critical: idempotency[^]*<h2>Payment[^]*<pre>POST \/pay[^]*minor: idempotency/,
    );
    expect(summarized(exampleSummary())).not.toContain('FINDINGS');
    const many = exampleSummary({ findings: Array.from({ length: 20 }, () => minor) });
    expect(summarized(many)).toContain('… and 5 more findings');
  });

  test('long sentence of a finding keeps its numbers', () => {
    const sentence = `${'x'.repeat(400)}: 12 accounts`;
    expect(summarized(exampleSummary({ findings: [exampleLoadFinding({ sentence })] }))).toContain(sentence);
  });

  test('threshold is shown with its measured value in the unit of its metric', () => {
    expect(summarized()).toMatch(/^ {2}✓ {2}http_req_duration {2}p\(95\)<500 +298\.73 ms {2}n=\d/m);
    expect(summarized()).toMatch(/^ {2}✗ {2}payment_success +rate>0\.99 +\d+\.\d+ % {2}n=/m);
    expect(summarized()).toMatch(/^ {2}– {2}replay_duration +p\(95\)<500 +not measured {2}n=0$/m);
    expect(summarized(exampleSummary({ thresholds: [] }))).toMatch(/^THRESHOLDS\n {2}none$/m);
  });

  test('refusals are listed by cause with the first body', () => {
    expect(summarized()).toMatch(/payment {2}balance +409 PAY001 +[\d,]+ +\d+\.\d\d % +141\.3 s\n +\{"code":"PAY001"/);
    expect(summarized()).toMatch(/order +no-answer +no answer +2 +0\.01 % +97\.2 s\n +socket hang up/);
    expect(summarized(exampleSummary({ refusals: [] }))).toMatch(/^REFUSALS\n {2}none$/m);
  });

  test('long body and long list of causes are shortened', () => {
    const [refusal] = exhaustedSummary().refusals;
    const refusals = Array.from({ length: 30 }, (_, index) => ({
      stage: 'payment' as const,
      reason: `cause-${index}`,
      count: 1,
      share: 0.1,
      firstSeenSeconds: refusal?.firstSeenSeconds ?? 0,
      sample: 'x'.repeat(5000),
    }));
    const shown = summarized(exampleSummary({ refusals }));
    expect(shown).toContain(`${'x'.repeat(160)}… (5000 characters)`);
    expect(shown).toContain('… and 10 more causes');
  });

  test('metrics are aligned, and those without samples shown as not measured', () => {
    const shown = summarized(
      exampleSummary({
        metrics: {
          order_duration: { type: 'trend', n: 2, avg: 1, min: 0.5, med: 1, max: 1234.5, p90: 2, p95: 3, p99: 4 },
          top_up_duration: { type: 'trend', n: 0 },
          checks: { type: 'rate', n: 3, passes: 2, fails: 1, rate: 2 / 3 },
          replays_same: { type: 'rate', n: 0, passes: 0, fails: 0 },
          iterations: { type: 'counter', n: 1234, count: 1234, rate: 5.876 },
        },
        counters: {},
      }),
    );
    expect(shown.split('\n\n')[3]?.split('\n')).toEqual([
      'METRICS',
      '  times in ms                 n   avg   min   med  p(90)  p(95)  p(99)       max',
      '  order_duration              2  1.00  0.50  1.00   2.00   3.00   4.00  1,234.50',
      '  top_up_duration  not measured',
      '  checks             66.67 %     ✓ 2  ✗ 1',
      '  replays_same  not measured',
      '  iterations           1,234  5.88/s',
    ]);
  });

  test('ledger is shown with its problems or as not audited', () => {
    const { ledger } = exampleSummary();
    expect(summarized(exampleSummary())).toContain('✓ everything adds up');
    expect(summarized(exampleSummary({ ledger: { ...ledger, problems: ['account 3: 10 won too little'] } }))).toContain(
      '✗ account 3: 10 won too little',
    );
    expect(summarized(exampleSummary({ ledger: { ...ledger, audited: false } }))).toContain('not audited:');
    const why = { ...ledger, audited: false, notAudited: 'connect ECONNREFUSED' };
    expect(summarized(exampleSummary({ ledger: why }))).toContain('not audited (connect ECONNREFUSED): the answers');
  });

  test('CPU and memory of the driver are shown', () => {
    const driver = { cpuSeconds: 61.4, maxRssMb: 148.2 };
    expect(summarized(exampleSummary({ driver: { ...driver, cpuMsPerIteration: 3.2 } }))).toContain(
      'CPU 61.4 s, 3.20 ms per iteration, peak memory 148 MB',
    );
    expect(summarized(exampleSummary({ driver }))).toContain('CPU 61.4 s, not measured per iteration');
  });

  test('coloured summary differs from the plain one only in colours', () => {
    const coloured = terminalSummary(exhaustedSummary(), { colour: true });
    expect(coloured).toContain('\u001b[31mFAIL\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(summarized());
  });

  test('text from a target cannot control the terminal or turn the writing direction', () => {
    for (const text of hostileTexts) {
      const shown = summarized(hostileSummary(text));
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(shown).toContain('DRIVER');
    }
    expect(summarized(hostileSummary('\u001b[31mred\u001b]0;title\u0007\nFAKE'))).toContain(
      'VERDICT\n  FAIL  red FAKE',
    );
    const coloured = terminalSummary(hostileSummary('\u001b[5mblink'), { colour: true });
    expect(coloured).not.toContain('\u001b[5m');
  });
});
