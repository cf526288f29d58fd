import { z } from 'zod';
import { deviationSchema } from '../../findings/deviations/deviation.ts';
import { idSchema } from '../../profile/ids.ts';
import { counterNames } from '../../settings/load/metrics.ts';
import { recordedCrashesSchema } from '../crashes/recorded-crashes.ts';
import { brokenPromiseSchema } from './broken-promises.ts';
import { loadBudgetSchema, loadLedgerSchema } from './load-summary.ts';

const count = z.number().int().nonnegative();

const countersSchema = z.record(z.enum(counterNames), count);

export type Counters = z.infer<typeof countersSchema>;

/** Returns all counters at 0. */
export function noCounters(): Counters {
  return countersSchema.parse(Object.fromEntries(counterNames.map((name) => [name, 0])));
}

/** The rows of the account and the product of a refused request. */
const rowsSchema = z.object({ balance: z.number().optional(), stock: z.number().optional() });

/** One cause of refusals with its evidence. */
const causeSchema = z.object({
  stage: z.enum(['order', 'payment']),
  /** Classified cause; `no-answer` where nothing came back. */
  reason: z.string(),
  status: z.number().optional(),
  code: z.string().optional(),
  count,
  /** Milliseconds since the epoch. */
  firstMs: z.number(),
  lastMs: z.number(),
  /** Request and answer of the first one. */
  request: z.string(),
  sample: z.string(),
  userId: idSchema,
  productId: idSchema,
  /** Won. */
  amount: z.number(),
  /** What that account and product held before the run, and just after the refusal. */
  before: rowsSchema.optional(),
  then: rowsSchema.optional(),
});

const partMomentSchema = z.object({
  /** Milliseconds since the epoch. */
  startMs: z.number(),
  vus: count,
  iterations: count,
  requests: count,
  failed: count,
  /** Durations of successes, an encoded histogram. */
  durations: z.string(),
  refusals: z.record(z.string(), count),
  balanceLowest: z.number().optional(),
  balanceTotal: z.number().optional(),
  stockLowest: z.number().optional(),
  stockTotal: z.number().optional(),
});

/** Numbers of accounts and products that cannot go on. */
const depletionSchema = z.object({
  /** Accounts with less than the largest amount, and the lowest balance in won. */
  accountsShort: count,
  balanceLowest: z.number(),
  productsSoldOut: count,
  stockLowest: z.number(),
});

/** Results of one part of a load run: all that the merged summary is made of. */
export const loadPartSchema = z.object({
  part: count,
  parts: count,
  profile: z.string(),
  target: z.string(),
  /** Digits behind the decimal point of the target's amounts, where they have any; all amounts are in the smallest unit. */
  decimals: count.optional(),
  transport: z.string(),
  startedMs: z.number(),
  endedMs: z.number(),
  vusMax: count,
  /** What the number of iterations was paced by. */
  pacedBy: z.enum(['stages', 'iterations', 'rate']).optional(),
  thresholds: z.array(z.object({ metric: z.string(), expression: z.string() })),
  stoppedEarly: z.string().optional(),
  interrupted: z.boolean(),
  /** Why nothing was run. */
  blocked: z.string().optional(),
  counters: countersSchema,
  /** When the last answer came, a refusal being one too. */
  lastAnsweredMs: z.number().optional(),
  /** Successes, an encoded histogram. */
  durations: z.string(),
  causes: z.array(causeSchema),
  /** Broken promises of answers that were not refusals: a wrong replay, a wrong total. */
  broken: z.array(brokenPromiseSchema),
  /** What the tables show to be broken, and whose or what it is: `user 12`. */
  deviations: z.array(z.object({ subject: z.string(), deviation: deviationSchema })),
  /** Iterations that ended with an exception of the suite's own, and the first one's text. */
  exceptions: z.object({ count, sample: z.string() }),
  momentMs: z.number(),
  moments: z.array(partMomentSchema),
  budget: loadBudgetSchema.optional(),
  largestAmount: z.number(),
  ledger: loadLedgerSchema,
  depletion: z.object({ before: depletionSchema, after: depletionSchema }).optional(),
  /** What the run has left in tables that are not its own. */
  left: z.array(z.string()).optional(),
  /** SQL that gives accounts and products what was lacking; without a database, how the API can. */
  cure: z.object({ balance: z.string(), stock: z.string() }),
  driver: z.object({ cpuSeconds: z.number(), maxRssMb: z.number() }),
  /** What the run has killed, where it was to kill something. */
  crashes: recordedCrashesSchema.optional(),
});

export type Cause = z.infer<typeof causeSchema>;
export type PartMoment = z.infer<typeof partMomentSchema>;
export type Depletion = z.infer<typeof depletionSchema>;
export type LoadPart = z.infer<typeof loadPartSchema>;
