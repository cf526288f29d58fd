import { LatencyHistogram } from '../../../../helpers/load/measure/latency-histogram.ts';
import {
  noCounters,
  type Cause,
  type Counters,
  type LoadPart,
  type PartMoment,
} from '../../../../helpers/load/measure/load-part.ts';
import type { BrokenPromise } from '../../../../helpers/load/measure/broken-promises.ts';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import type { LoadBudget, LoadLedger } from '../../../../helpers/load/measure/load-summary.ts';

/** Parts of a load run as a worker leaves them: 100 iterations in ten seconds, all as promised, unless changed. */

/** When the example run started, in milliseconds since the epoch. */
export const exampleStart = Date.parse('2026-07-01T09:00:00.000Z');

/** Encodes durations in milliseconds as a histogram. */
export function encodedDurations(durations: readonly number[], digits: 2 | 3 = 3): string {
  const histogram = new LatencyHistogram(digits);
  for (const duration of durations) histogram.record(duration);
  return histogram.encode();
}

/** Returns counters that are 0 unless given. */
export function counted(counts: Partial<Counters>): Counters {
  return { ...noCounters(), ...counts };
}

/** Returns the counters of a number of iterations that all kept their promises. */
export function allSucceeded(iterations: number): Counters {
  return counted({
    iterations,
    iterations_succeeded: iterations,
    http_reqs: 4 * iterations,
    orders_tried: iterations,
    orders_created: iterations,
    payments_tried: iterations,
    payments_made: iterations,
    duplicates_sent: 2 * iterations,
    duplicate_payments_prevented: 2 * iterations,
    idempotency_verification_success: iterations,
  });
}

/** Returns a cause of refused payments, changed in places. */
export function exampleCause(changes: Partial<Cause> = {}): Cause {
  return {
    stage: 'payment',
    reason: 'balance',
    status: 409,
    code: 'PAY001',
    count: 30,
    firstMs: exampleStart + 4200,
    lastMs: exampleStart + 9000,
    request: 'POST /api/orders/12/payment {"userId":1}',
    sample: '{"code":"PAY001","message":"Insufficient balance"}',
    userId: 1,
    productId: 3,
    amount: 50_000,
    ...changes,
  };
}

/** Returns a payment that was charged twice under load, changed in places. */
export function exampleDeviation(changes: Partial<Deviation> = {}): Deviation {
  return {
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'under-load',
    sentence: 'Payment, under load: order 7 of 50000 won was paid twice.',
    numbers: { expected: 50_000, seen: 100_000 },
    details: [],
    ...changes,
  };
}

/** Returns a replay that differed from its original, changed in places. */
export function exampleBroken(changes: Partial<BrokenPromise> = {}): BrokenPromise {
  const deviation = exampleDeviation({ kind: 'replay-differs', circumstance: 'replay', numbers: {} });
  return { promise: 'a replay', deviation, count: 1, sample: '', ...changes };
}

/** Returns a moment of the run. @param second since its start. */
export function exampleMoment(
  second: number,
  {
    durations = [10, 20, 30, 40, 50],
    ...changes
  }: Partial<Omit<PartMoment, 'durations'>> & { durations?: readonly number[] } = {},
): PartMoment {
  return {
    startMs: exampleStart + second * 1000,
    vus: 10,
    iterations: 10,
    requests: 40,
    failed: 0,
    refusals: {},
    durations: encodedDurations(durations, 2),
    ...changes,
  };
}

export const exampleBudget: LoadBudget = {
  lines: ['pace', 'iterations', 'balance arithmetic', 'stock arithmetic', 'what is there'],
  seeded: false,
  expectedPayments: 100,
  accounts: 10,
  products: 4,
  neededPerAccount: 1_000_000,
  neededPerProduct: 53,
  lowestBalance: 1_000_000,
  lowestStock: 53,
  margin: 2,
  suffices: true,
};

export const cleanLedger: LoadLedger = {
  audited: true,
  accounts: 10,
  products: 4,
  paymentsInTables: 100,
  paymentsAnswered: 100,
  unknownResolved: 0,
  unknownLeft: 0,
  problems: [],
};

/** Returns the part of a load run that one worker leaves, changed in places. */
export function examplePart(changes: Partial<LoadPart> = {}): LoadPart {
  return {
    part: 0,
    parts: 1,
    profile: 'smoke',
    target: 'reference',
    transport: 'undici',
    startedMs: exampleStart,
    endedMs: exampleStart + 10_000,
    vusMax: 10,
    thresholds: [{ metric: 'http_req_duration', expression: 'p(95)<1000' }],
    interrupted: false,
    counters: allSucceeded(100),
    lastAnsweredMs: exampleStart + 10_000,
    durations: encodedDurations(Array.from({ length: 400 }, (_, index) => 10 + (index % 50))),
    causes: [],
    broken: [],
    deviations: [],
    exceptions: { count: 0, sample: '' },
    momentMs: 1000,
    moments: Array.from({ length: 10 }, (_, second) => exampleMoment(second)),
    largestAmount: 50_000,
    ledger: cleanLedger,
    cure: { balance: 'UPDATE balances;', stock: 'UPDATE products;' },
    driver: { cpuSeconds: 1.5, maxRssMb: 120 },
    ...changes,
  };
}
