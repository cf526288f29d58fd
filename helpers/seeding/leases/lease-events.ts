import { z } from 'zod';
import { idSchema } from '../../profile/ids.ts';

const rowChange = z.object({ of: z.enum(['balance', 'stock']), id: idSchema, before: z.number(), change: z.number() });

/**
 * The events of a journal, a line each. A change of money or stock is noted before it is made, and again once it is
 * made. Amounts in the smallest unit, stock in pieces.
 */
export const leaseEvent = z.discriminatedUnion('event', [
  /** A user is held: leased, with its original balance, orders and keys, or inserted. */
  z.object({
    event: z.literal('user'),
    id: idSchema,
    found: z
      .object({ balance: z.number(), orders: z.array(idSchema), keys: z.record(z.string(), z.array(z.string())) })
      .optional(),
  }),
  /** A product is held: leased, with its original stock and price, or inserted. */
  z.object({
    event: z.literal('product'),
    id: idSchema,
    found: z.object({ stock: z.number(), price: z.number() }).optional(),
  }),
  z.object({
    event: z.literal('adding'),
    to: z.enum(['balance', 'stock']),
    id: idSchema,
    amount: z.number(),
    nth: z.number(),
  }),
  z.object({ event: z.literal('added'), nth: z.number(), isDone: z.boolean() }),
  /** A top-up through the API is sent; its answer: an exchange's outcome, or `replayed`. */
  z.object({ event: z.literal('charging'), id: idSchema, key: z.string(), amount: z.number() }),
  z.object({ event: z.literal('charged'), id: idSchema, key: z.string(), amount: z.number(), outcome: z.string() }),
  z.object({ event: z.literal('pricing'), id: idSchema, price: z.number() }),
  /** All changes of the run to some rows are undone, in one transaction. */
  z.object({
    event: z.literal('settling'),
    orders: z.array(idSchema),
    changes: z.array(rowChange),
    users: z.array(idSchema),
    products: z.array(idSchema),
  }),
  z.object({ event: z.literal('settled'), isDone: z.boolean() }),
]);

export type LeaseEvent = z.infer<typeof leaseEvent>;
export type Settling = Extract<LeaseEvent, { event: 'settling' }>;
