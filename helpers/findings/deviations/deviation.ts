import { z } from 'zod';
import { idSchema } from '../../profile/ids.ts';
import { circumstanceNames } from '../kinds/circumstances.ts';
import { kindNames } from '../kinds/kinds.ts';

/** A request and its answer, as far as a reader of the evidence needs them; secrets removed, long bodies shortened. */
export const evidenceExchangeSchema = z.object({
  call: z.string(),
  method: z.string(),
  path: z.string(),
  /** The idempotency key, wherever it travels; absent where the endpoint takes none. */
  key: z.string().optional(),
  body: z.string().optional(),
  /** Absent where no answer came. */
  status: z.number().optional(),
  answer: z.string().optional(),
  /** `200`, `409 balance (PAY001, …)`, `no answer (…)`. */
  outcome: z.string(),
  /** When it was sent, in ms since the first request of the test. */
  sentAtMs: z.number(),
  durationMs: z.number(),
  /** Headers that were sent beyond those of every request; the key's own is among them. */
  headers: z.record(z.string(), z.string()).optional(),
  /** The user whose log-in it was sent with, where the target logs users in. */
  sentBy: z.union([z.number(), z.string()]).optional(),
  /** The place of the instance that it was sent to among several of one service, where it was not the first. */
  instance: z.number().optional(),
  /** Whether the answer had the header of a replay, where the target marks replays. */
  isReplay: z.boolean().optional(),
  /** The id of the order that a header of the answer ends with, where the target says it there alone. */
  orderInHeader: z.string().optional(),
  /** What was sent exactly, as JSON in ASCII, where path or body are shown otherwise. */
  exact: z.object({ path: z.string(), body: z.string().optional() }).optional(),
});

export type EvidenceExchange = z.infer<typeof evidenceExchangeSchema>;

const rowNameSchema = z.enum(['user', 'balance', 'product', 'order', 'new-key']);
const rowSchema = z.object({ row: rowNameSchema, id: idSchema });

/** What a scenario did to the tables itself, with times in ms since the first request of the test. */
export const interventionSchema = z.object({
  what: z.enum([
    'hold',
    'kill',
    'deadlock',
    'balance',
    'set-balance',
    'no-balance',
    'stock',
    'price',
    'order-status',
    'expire-keys',
    'shorten-keys',
    'purge-keys',
    'age-keys',
  ]),
  /** Whose row it was; in `hold` of a key that row is still to come, in `kill` and `deadlock` others wait for it. */
  row: rowNameSchema,
  id: idSchema,
  /** Won or pieces that were added, or the new price. */
  amount: z.number().optional(),
  /** The new status of an order, or the new balance, as its column takes it. */
  value: z.string().optional(),
  /** The call whose keys they were. */
  call: z.enum(['pay', 'createOrder', 'chargeBalance']).optional(),
  /** The tables of the key that is to come. */
  tables: z.array(z.string()).optional(),
  /** In `deadlock` the rows of which others had locked one, and the product that was changed to outweigh them. */
  over: z.array(rowSchema).optional(),
  ballast: idSchema.optional(),
  atMs: z.number(),
  /** When the row was released. */
  untilMs: z.number().optional(),
});

export type Intervention = z.infer<typeof interventionSchema>;

/** What a deviation may be about beyond its kind. */
const subjects = [
  /** The balances that several answers state. */
  'answered-balances',
  /** How a key is spelled. */
  'key-spelling',
  /** The language of a message. */
  'language',
  /** Tables without a payment. */
  'no-payment',
  /** The total of an order. */
  'total',
] as const;

export type Subject = (typeof subjects)[number];

/** For which reasons a request was to be refused, and whether it might have succeeded instead. */
export const promisedRefusalSchema = z.object({ reasons: z.array(z.string()), orSuccess: z.boolean() });

/** One observed breach of a promise. */
export const deviationSchema = z.object({
  kind: z.enum(kindNames),
  /** Name of the call whose doing it is, `pay`; absent where no single call's. */
  call: z.string().optional(),
  circumstance: z.enum(circumstanceNames),
  /** Id of the promise that the scenario holds the target to. */
  promise: z.string().optional(),
  /** Status and code of the answer, where the answer is what breaks the promise. */
  status: z.number().optional(),
  code: z.string().optional(),
  /** Why the request was refused, as its answer is classified; of a failed assertion, the last one. @example 'balance' */
  reason: z.string().optional(),
  /** Absent where the request was to succeed. */
  promised: promisedRefusalSchema.optional(),
  /** What is wrong with the answer beyond its cause. @example 'it does not say when it was paid' */
  problem: z.string().optional(),
  /** What it is about, where kind and call do not tell. */
  about: z.enum(subjects).optional(),
  /** What was promised and what was seen, a sentence with the numbers. */
  sentence: z.string(),
  /** Numbers of the sentence, by name: `{ expected: 4, seen: 10, won: 30000 }`. */
  numbers: z.record(z.string(), z.number()),
  /** Lines of detail, further ones of the same breach. */
  details: z.array(z.string()),
  /** Place of the request whose answer broke the promise, among those of the test in the order in which they were sent. */
  at: z.number().optional(),
  /** Place of the request whose answer it should have repeated. */
  original: z.number().optional(),
  /** What the tables were found not to keep; where the tables show it. */
  check: z.string().optional(),
});

export type Deviation = z.infer<typeof deviationSchema>;

/** Name of the attachment with what a failed scenario saw. */
export const observedAttachment = 'deviations';

/** The rows of a scenario: before and after it, and those it began with that no number of JSON holds afterwards. */
export const rowsSchema = z.object({ before: z.unknown(), after: z.unknown(), unread: z.unknown().optional() });

/** What a failed scenario saw. */
export const observedSchema = z.object({
  deviations: z.array(deviationSchema),
  /** In the order in which they were sent. */
  exchanges: z.array(evidenceExchangeSchema),
  /** The rows before and after, as in the ledger's attachment. */
  rows: rowsSchema.optional(),
  /** What was noted about locked rows and their waiters. */
  gate: z.array(z.string()),
  interventions: z.array(interventionSchema).optional(),
});

export type Observed = z.infer<typeof observedSchema>;
