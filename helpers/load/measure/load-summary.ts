import { z } from 'zod';
import { circumstanceNames } from '../../findings/kinds/circumstances.ts';
import { crashSummarySchema } from '../crashes/crash-summary.ts';
import { families, kindNames, severities } from '../../findings/kinds/kinds.ts';

/** Verdict of a load run. */
const verdictSchema = z.enum(['PASS', 'FAIL', 'INCONCLUSIVE', 'BLOCKED']);

const count = z.number().int().nonnegative();

/**
 * A metric; `n` is the number of samples, and 0 means that nothing was measured. Times are in milliseconds, unless their
 * unit is said.
 */
const metricSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('trend'),
    unit: z.literal('s').optional(),
    n: count,
    avg: z.number().optional(),
    min: z.number().optional(),
    med: z.number().optional(),
    max: z.number().optional(),
    p90: z.number().optional(),
    p95: z.number().optional(),
    p99: z.number().optional(),
  }),
  /** `rate`: share of the samples that were true. */
  z.object({ type: z.literal('rate'), n: count, passes: count, fails: count, rate: z.number().optional() }),
  /** `rate`: per second of the run. */
  z.object({ type: z.literal('counter'), n: count, count, rate: z.number() }),
]);

const thresholdResultSchema = z.object({
  metric: z.string(),
  /** k6's form. @example 'p(95)<1000' */
  expression: z.string(),
  /** What was measured; absent when nothing was. */
  value: z.number().optional(),
  n: count,
  result: z.enum(['pass', 'fail', 'not measured']),
});

const refusalSummarySchema = z.object({
  stage: z.enum(['order', 'payment']),
  /** Classified cause; `no-answer` where nothing came back. */
  reason: z.string(),
  status: z.number().optional(),
  code: z.string().optional(),
  count,
  /** Of all requests of that stage, 0 to 1. */
  share: z.number(),
  firstSeenSeconds: z.number(),
  /** The body of the first one (the target's text: untrusted), or why no answer came. */
  sample: z.string(),
});

const diagnosisSchema = z.object({
  /** @example 'balance' */
  cause: z.string(),
  /** What happened, in one sentence. */
  sentence: z.string(),
  /** Facts that it rests on, a line each. */
  evidence: z.array(z.string()),
  /** What to do about it, with numbers. */
  remedy: z.string(),
});

/** All deviations of the run that have one root cause; its words are those of the scenarios' findings. */
const loadFindingSchema = z.object({
  /** The same for the same defect in every run. @example 'charged-twice-pay-under-load' */
  id: z.string(),
  severity: z.enum(severities),
  kind: z.enum(kindNames),
  family: z.enum(families),
  call: z.string().optional(),
  circumstance: z.enum(circumstanceNames),
  status: z.number().optional(),
  code: z.string().optional(),
  /** What was promised and what was seen, with numbers. */
  sentence: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** How many accounts, products, orders or answers it showed in. */
  count,
  /** What else was seen of it, a line each. */
  details: z.array(z.string()),
  /** Requests and answers of the first time, where answers show it. */
  sample: z.string().optional(),
});

/** Something that became worse in the midst of the run and stayed so, with the same load before and after. */
const lastingChangeSchema = z.object({
  /** `p50` and `p95`: milliseconds; `requests`: a second; `failed`: share of the requests, refusals included. */
  measure: z.enum(['p50', 'p95', 'requests', 'failed']),
  /** Since the start of the run. */
  second: z.number(),
  /** Medians before and after. */
  before: z.number(),
  after: z.number(),
  /** Virtual users before and after; absent where iterations arrived at a rate. */
  vus: count.optional(),
  sentence: z.string(),
});

/** One moment of the run; the width of a moment grows with the run, so that their number does not. */
const momentSchema = z.object({
  /** Seconds since the start of the run at which the moment begins. */
  second: z.number(),
  vus: count,
  iterations: count,
  requests: count,
  /** Requests that were refused or got no answer. */
  failed: count,
  /** Successful requests behind the percentiles, which are in milliseconds. */
  n: count,
  p50: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
  /** Refusals by cause, as `stage reason`. @example { 'payment balance': 12 } */
  refusals: z.record(z.string(), count),
  /** Won. */
  balanceLowest: z.number().optional(),
  balanceTotal: z.number().optional(),
  /** Pieces. */
  stockLowest: z.number().optional(),
  stockTotal: z.number().optional(),
});

export const loadBudgetSchema = z.object({
  /** The arithmetic, a line each. */
  lines: z.array(z.string()),
  seeded: z.boolean(),
  expectedPayments: count,
  accounts: count,
  products: count,
  /** Won. */
  neededPerAccount: z.number(),
  lowestBalance: z.number().optional(),
  /** Pieces. */
  neededPerProduct: z.number(),
  lowestStock: z.number().optional(),
  /** Factor on what is needed. */
  margin: z.number(),
  suffices: z.boolean(),
});

export const loadLedgerSchema = z.object({
  /** True if the tables were audited at all. */
  audited: z.boolean(),
  /** Why they were not. */
  notAudited: z.string().optional(),
  accounts: count,
  products: count,
  paymentsInTables: count,
  paymentsAnswered: count,
  /** Payments whose answer was lost and that a replay then found to be made. */
  unknownResolved: count,
  /** Payments whose outcome stayed open. */
  unknownLeft: count,
  /** Deviations in the tables, a line each. */
  problems: z.array(z.string()),
});

/** The content of `load-report/summary.json`. */
export const loadSummarySchema = z.object({
  profile: z.string(),
  verdict: verdictSchema,
  /** The verdict's reason, in one sentence. */
  reason: z.string(),
  /** Number of parts of the run that are missing, where nothing else is lacking. */
  partsLacking: count.optional(),
  target: z.string(),
  /** Digits behind the decimal point of the target's amounts, where they have any; all amounts are in the smallest unit. */
  decimals: count.optional(),
  transport: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  iterations: count,
  requests: count,
  durationSeconds: z.number(),
  vusMax: count,
  workers: count,
  /** Why the run ended before its time. */
  stoppedEarly: z.string().optional(),
  metrics: z.record(z.string(), metricSchema),
  counters: z.record(z.string(), count),
  thresholds: z.array(thresholdResultSchema),
  refusals: z.array(refusalSummarySchema),
  diagnosis: z.array(diagnosisSchema),
  /** Broken promises by root cause, the most severe first. */
  findings: z.array(loadFindingSchema).default([]),
  /** What the run has killed, in the order of its time, and what came of it. */
  crashes: z.array(crashSummarySchema).optional(),
  /** Warnings where the thresholds hold. */
  changes: z.array(lastingChangeSchema).optional(),
  budget: loadBudgetSchema.optional(),
  ledger: loadLedgerSchema,
  /** What the run has left in tables that are not its own, and how to remove it, a line each. */
  left: z.array(z.string()).optional(),
  driver: z.object({ cpuSeconds: z.number(), cpuMsPerIteration: z.number().optional(), maxRssMb: z.number() }),
  /** Width of a moment in seconds. */
  momentSeconds: z.number(),
  series: z.array(momentSchema),
});

export type LoadVerdict = z.infer<typeof verdictSchema>;
export type Metric = z.infer<typeof metricSchema>;
export type ThresholdResult = z.infer<typeof thresholdResultSchema>;
export type RefusalSummary = z.infer<typeof refusalSummarySchema>;
export type Diagnosis = z.infer<typeof diagnosisSchema>;
export type LoadFinding = z.infer<typeof loadFindingSchema>;
export type LastingChange = z.infer<typeof lastingChangeSchema>;
export type Moment = z.infer<typeof momentSchema>;
export type LoadBudget = z.infer<typeof loadBudgetSchema>;
export type LoadLedger = z.infer<typeof loadLedgerSchema>;
export type LoadSummary = z.infer<typeof loadSummarySchema>;
