import type { LoadFinding, LoadSummary, Metric, Moment } from '../../../../helpers/load/measure/load-summary.ts';

/** Summaries as a run of 210 seconds would give them, with 100 VUs that become 200. */

const seconds = 210;
const exhaustedFrom = 141;

/** Returns reproducible noise from -1 to 1. */
const ripple = (second: number, phase: number): number =>
  (Math.sin(second * 1.7 + phase) + Math.sin(second * 0.61 + phase * 3) + Math.sin(second * 4.3 + phase * 7)) / 3;

const vusAt = (second: number): number => {
  if (second < 20) return Math.round(5 * (second + 1));
  if (second < 90) return 100;
  return Math.min(200, Math.round(100 + (second - 89) * 2.5));
};

/** Returns the share of the payments that find no balance left. */
const exhaustedAt = (second: number): number =>
  second < exhaustedFrom ? 0 : Math.min(0.72, 0.015 + (second - exhaustedFrom) * 0.012);

const momentAt = (second: number, runsOut: boolean): Moment => {
  const vus = vusAt(second);
  const load = vus / 200;
  const iterations = Math.round(vus * 0.81 * (1 - 0.22 * load) * (1 + 0.06 * ripple(second, 1)));
  const balance = runsOut ? Math.round(iterations * exhaustedAt(second)) : 0;
  const inProgress = second % 23 === 22 ? 1 : 0;
  const noAnswer = second === 97 || second === 163 ? 1 : 0;
  const refusals = {
    ...(balance > 0 && { 'payment balance': balance }),
    ...(inProgress > 0 && { 'payment in-progress': inProgress }),
    ...(noAnswer > 0 && { 'order no-answer': noAnswer }),
  };
  const failed = balance + inProgress + noAnswer;
  const p50 = 38 + 70 * load ** 2 + 4 * ripple(second, 2);
  const spent = runsOut ? Math.min(1, second / 175) : second / 450;
  const seeded = runsOut ? 5_000_000 : 10_000_000;
  return {
    second,
    vus,
    iterations,
    requests: iterations * 2,
    failed,
    n: iterations * 2 - failed,
    p50,
    p95: p50 * 3.1 + 60 * load + 22 * ripple(second, 3),
    p99: p50 * 5.2 + 120 * load + 60 * ripple(second, 4) + (second % 47 === 31 ? 160 : 0),
    refusals,
    balanceLowest: Math.max(0, Math.round(seeded * (1 - spent * 1.24))),
    balanceTotal: Math.max(31_000_000, Math.round(200 * seeded * (1 - spent))),
    stockLowest: Math.round(2400 * (1 - second / 320)),
    stockTotal: Math.round(48_000 * (1 - second / 390)),
  };
};

const sum = (series: readonly Moment[], read: (moment: Moment) => number): number =>
  series.reduce((total, moment) => total + read(moment), 0);

const trend = (n: number, scale: number): Metric => ({
  type: 'trend',
  n,
  avg: 104.21 * scale,
  min: 11.87 * scale,
  med: 86.4 * scale,
  max: 1204.55 * scale,
  p90: 231.06 * scale,
  p95: 298.73 * scale,
  p99: 541.2 * scale,
});

const share = (n: number, fails: number): Metric => ({
  type: 'rate',
  n,
  passes: n - fails,
  fails,
  rate: n === 0 ? 0 : (n - fails) / n,
});

const counter = (count: number): Metric => ({ type: 'counter', n: count, count, rate: count / seconds });

const sampleOf = {
  balance:
    '{"code":"PAY001","message":"잔액이 부족합니다. (필요: 50000, 보유: 1000)","timestamp":"2026-07-01T09:02:21.114Z"}',
  inProgress: '{"code":"PAY003","message":"In progress"}',
};

const build = (runsOut: boolean): LoadSummary => {
  const series = Array.from({ length: seconds }, (_, second) => momentAt(second, runsOut));
  const iterations = sum(series, (moment) => moment.iterations);
  const requests = sum(series, (moment) => moment.requests);
  const failed = sum(series, (moment) => moment.failed);
  const of = (cause: string): number => sum(series, ({ refusals }) => refusals[cause] ?? 0);
  const paid = iterations - of('payment balance') - of('payment in-progress') - of('order no-answer');
  return {
    profile: 'ramp',
    verdict: runsOut ? 'FAIL' : 'PASS',
    reason: runsOut
      ? 'The threshold payment_success rate>0.99 was crossed: the accounts ran out of balance.'
      : 'All thresholds hold, and the ledger adds up.',
    target: 'reference',
    transport: 'playwright',
    startedAt: '2026-07-01T09:00:00.000Z',
    iterations,
    requests,
    durationSeconds: seconds,
    vusMax: 200,
    workers: 2,
    metrics: {
      http_req_duration: trend(requests, 1),
      order_duration: trend(iterations, 0.82),
      payment_duration: trend(paid, 1.17),
      iteration_duration: trend(iterations, 1.99),
      http_req_failed: { type: 'rate', n: requests, passes: failed, fails: requests - failed, rate: failed / requests },
      payment_success: share(iterations, iterations - paid),
      checks: share(requests * 2, failed),
      iterations: counter(iterations),
      http_reqs: counter(requests),
    },
    counters: { orders: iterations, payments: paid, replays: 2 },
    thresholds: [
      { metric: 'http_req_duration', expression: 'p(95)<500', value: 298.73, n: requests, result: 'pass' },
      { metric: 'http_req_duration', expression: 'p(99)<1000', value: 541.2, n: requests, result: 'pass' },
      {
        metric: 'payment_success',
        expression: 'rate>0.99',
        value: paid / iterations,
        n: iterations,
        result: runsOut ? 'fail' : 'pass',
      },
      ...(runsOut
        ? [{ metric: 'replay_duration', expression: 'p(95)<500', n: 0, result: 'not measured' as const }]
        : []),
    ],
    refusals: [
      ...(runsOut
        ? [
            {
              stage: 'payment' as const,
              reason: 'balance',
              status: 409,
              code: 'PAY001',
              count: of('payment balance'),
              share: of('payment balance') / iterations,
              firstSeenSeconds: 141.3,
              sample: sampleOf.balance,
            },
          ]
        : []),
      {
        stage: 'payment',
        reason: 'in-progress',
        status: 409,
        code: 'PAY003',
        count: of('payment in-progress'),
        share: of('payment in-progress') / iterations,
        firstSeenSeconds: 22.8,
        sample: sampleOf.inProgress,
      },
      {
        stage: 'order',
        reason: 'no-answer',
        count: of('order no-answer'),
        share: of('order no-answer') / iterations,
        firstSeenSeconds: 97.2,
        sample: 'socket hang up',
      },
    ],
    diagnosis: runsOut
      ? [
          {
            cause: 'balance',
            sentence: 'The accounts ran out of balance from 141 s on: the target was right to refuse.',
            evidence: [
              `${of('payment balance').toLocaleString('en-US')} payments were refused with 409 PAY001, each by an account with less than it had to pay`,
              'lowest balance 0 won at 141 s, 200 accounts seeded with 5,000,000 won each',
              'p(95) of the successes stayed at 299 ms: no sign of an overloaded target',
            ],
            remedy: 'Seed 10,000,000 won per account (now 5,000,000 won), or spread the run over 400 accounts.',
          },
        ]
      : [],
    findings: [],
    budget: {
      lines: [
        '20,000 payments ÷ 200 accounts = 100 payments per account',
        `100 payments × 50,000 won × 2 = 10,000,000 won per account`,
      ],
      seeded: true,
      expectedPayments: 20_000,
      accounts: 200,
      products: 20,
      neededPerAccount: 10_000_000,
      lowestBalance: runsOut ? 5_000_000 : 10_000_000,
      neededPerProduct: 2000,
      lowestStock: 2400,
      margin: 2,
      suffices: !runsOut,
    },
    ledger: {
      audited: true,
      accounts: 200,
      products: 20,
      paymentsInTables: paid,
      paymentsAnswered: paid,
      unknownResolved: 2,
      unknownLeft: 0,
      problems: [],
    },
    driver: { cpuSeconds: 61.4, cpuMsPerIteration: 61_400 / iterations, maxRssMb: 148.2 },
    momentSeconds: 1,
    series,
  };
};

/** Returns the summary of a run that passed, changed in places. */
export const exampleSummary = (overrides: Partial<LoadSummary> = {}): LoadSummary => ({
  ...build(false),
  ...overrides,
});

/** Returns the summary of a run whose accounts ran out of balance after 141 s, changed in places. */
export const exhaustedSummary = (overrides: Partial<LoadSummary> = {}): LoadSummary => ({
  ...build(true),
  ...overrides,
});

/** Returns a finding of a load run, changed in places. */
export const exampleLoadFinding = (changes: Partial<LoadFinding> = {}): LoadFinding => ({
  id: 'charged-twice-pay-under-load',
  ...{ severity: 'critical', kind: 'charged-twice', family: 'idempotency', call: 'pay', circumstance: 'under-load' },
  sentence: 'Payment, under load: order 7 of 50000 won has 2 payments. So for 12 orders, 600,000 won in all.',
  why: 'A customer loses money.',
  ...{ count: 12, details: ['seen with it and not alone: money left a balance'] },
  ...changes,
});

/** Texts that would run, link, steer the terminal or reorder text if they were shown unescaped. */
export const hostileTexts = [
  '<script>globalThis.ran = true</script>',
  '</script><script>globalThis.ran = true</script>',
  '<img src=x onerror="globalThis.ran = true">',
  '[click](javascript:globalThis.ran=true) <a href="javascript:globalThis.ran=true">click</a>',
  '"><svg onload=globalThis.ran=true> \'',
  'line\u2028separated\u2029text',
  'user\u202etxt.exe\u2066',
  '\u001b[31mred\u001b[0m \u009b2J \u001b]0;title\u0007 \u0000\u0008\u007f',
  '``` ```` ` | cell | \\| https://evil.example www.evil.example @someone **bold**\n\n# heading\n\n<b>',
  '<!-- ]]> --> &lt;b&gt;',
] as const;

/** Returns a summary in which every text that comes from the target is the given one. */
export const hostileSummary = (text: string): LoadSummary => {
  const summary = exhaustedSummary();
  return {
    ...summary,
    reason: text,
    target: text,
    stoppedEarly: text,
    refusals: summary.refusals.map((refusal) => ({ ...refusal, reason: text, code: text, sample: text })),
    findings: [exampleLoadFinding({ id: text, sentence: text, why: text, details: [text], sample: text })],
    diagnosis: summary.diagnosis.map(() => ({ cause: text, sentence: text, evidence: [text], remedy: text })),
    ledger: { ...summary.ledger, problems: [text] },
    series: summary.series.map((moment) => ({ ...moment, refusals: { [`payment ${text}`]: moment.failed } })),
  };
};
