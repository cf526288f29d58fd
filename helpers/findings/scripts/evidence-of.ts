import { z } from 'zod';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { idSchema } from '../../profile/ids.ts';
import { parseJson } from '../../text/json.ts';
import type { EvidenceExchange, Intervention } from '../deviations/deviation.ts';
import { raceNotExercised } from '../deviations/gate-notes.ts';
import type { Finding } from '../grouping/finding.ts';

/** A request as it was sent, and what came. */
export interface ScriptedExchange extends EvidenceExchange {
  /** Place among the requests, from 0 on. */
  readonly place: number;
  /** When its answer had come, in ms since the first request. */
  readonly endMs: number;
}

/** The evidence of a finding, as far as it can be done again. */
export interface ScriptEvidence {
  readonly exchanges: readonly ScriptedExchange[];
  readonly interventions: readonly Intervention[];
  /** Requests met at no row that the suite had locked: what shows is a race that nothing forces. */
  readonly isUnforced: boolean;
  readonly before: Pick<LedgerSnapshot, 'accounts' | 'products'>;
  readonly after: LedgerSnapshot;
}

const accountSchema = z.object({ userId: idSchema, balance: z.number() });
const productSchema = z.object({
  productId: idSchema,
  name: z.string().optional(),
  stock: z.number(),
  price: z.number().optional(),
});
const orderSchema = z.object({
  orderId: idSchema,
  userId: idSchema,
  total: z.number(),
  subtotal: z.number().optional(),
  status: z.string(),
});

const ledgerSchema = z.object({
  accounts: z.array(accountSchema),
  products: z.array(productSchema),
  orders: z.array(orderSchema),
  items: z.array(z.object({ orderId: idSchema, productId: idSchema, quantity: z.number() })),
  payments: z.array(z.object({ paymentId: idSchema, orderId: idSchema, userId: idSchema, amount: z.number() })),
});

const textSchema = z.string();

/** Returns a request exactly as it was sent; undefined where the evidence has only parts of path, body or headers. */
const exactly = (exchange: EvidenceExchange): EvidenceExchange | undefined => {
  const { exact, path, body, headers = {} } = exchange;
  // Another header is another request, and none of them is a secret on purpose: those are never recorded.
  if (Object.values(headers).some(isShortened)) return undefined;
  if (!exact) return isShortened(path) || isShortened(body ?? '') ? undefined : exchange;
  const [exactPath, exactBody] = [exact.path, exact.body].map(
    (text) => textSchema.safeParse(parseJson(text ?? '')).data,
  );
  if (exactPath === undefined) return undefined;
  return { ...exchange, path: exactPath, ...(exactBody !== undefined && { body: exactBody }) };
};

const isShortened = (text: string): boolean => /… \(\d+ characters\)$|\(hidden\)/.test(text);

const isUnforced = (gate: readonly string[], exchanges: readonly ScriptedExchange[]): boolean =>
  gate.length > 0 &&
  gate.every((note) => note.startsWith(raceNotExercised)) &&
  exchanges.some(({ endMs }, place) => exchanges.slice(place + 1).some(({ sentAtMs }) => sentAtMs < endMs));

/** Returns what a finding's scenario did; undefined where too little of it is known to do it again. */
export function evidenceOf({ evidence }: Finding): ScriptEvidence | undefined {
  const seeded = ledgerSchema.safeParse(evidence.rows?.before).data;
  const unread = ledgerSchema.safeParse(evidence.rows?.unread).data;
  const before = seeded && {
    accounts: [...seeded.accounts, ...(unread?.accounts ?? [])],
    products: [...seeded.products, ...(unread?.products ?? [])],
  };
  const after = ledgerSchema.safeParse(evidence.rows?.after).data;
  if (!before || !after || evidence.exchanges.length === 0) return undefined;
  const exchanges = evidence.exchanges.flatMap((one, place) => {
    const exact = exactly(one);
    return exact ? [{ ...exact, place, endMs: exact.sentAtMs + exact.durationMs }] : [];
  });
  if (exchanges.length < evidence.exchanges.length) return undefined;
  const priceOf = new Map(after.products.map(({ productId, price }) => [productId, price]));
  const products = before.products.map((one) => {
    const price = one.price ?? priceOf.get(one.productId);
    return { ...one, ...(price !== undefined && { price }) };
  });
  const lastMs = Math.max(...exchanges.map(({ sentAtMs }) => sentAtMs));
  // A balance that is put back in the end makes room for the closing ledger.
  const interventions = (evidence.interventions ?? []).filter(
    ({ what, atMs }) => what !== 'set-balance' || atMs < lastMs,
  );
  return {
    ...{ exchanges, interventions, isUnforced: isUnforced(evidence.gate, exchanges) },
    ...{ before: { ...before, products }, after },
  };
}
