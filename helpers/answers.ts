import { z } from 'zod';
import { readerAt } from './json.ts';
import type { TargetProfile } from './targets/target-profile.ts';

const id = z.number().int().positive();
const won = z.number().int().nonnegative();
const pieces = z.number().int().positive();
const words = z.string().min(1);
const instant = z.union(
  [z.string().refine((text) => !Number.isNaN(Date.parse(text))), z.number().int().positive()],
  'expected a date and time',
);

const balanceSchema = z.object({ userId: id, balance: won });
/** A top-up as the API answers it, under the suite's names. */
export const chargeSchema = z.object({ userId: id, balance: won, chargedAmount: won, chargedAt: instant });
const productSchema = z.object({ productId: id, name: words, price: won, stock: won });
const itemSchema = z.object({ productId: id, productName: words, quantity: pieces, unitPrice: won, subtotal: won });
/** An order as the API answers it, under the suite's names. */
export const orderSchema = z.object({
  orderId: id,
  orderNumber: words,
  userId: id,
  items: z.array(itemSchema).min(1),
  subtotalAmount: won,
  discountAmount: won,
  totalAmount: won,
  status: words,
  createdAt: instant,
});
/** An order as it is looked up: `paidAt` is there once it is paid. */
export const foundOrderSchema = orderSchema.extend({ paidAt: instant.nullish() });

/** A payment as the API answers it, under the suite's names. */
export const paymentSchema = z.object({
  paymentId: id,
  orderId: id,
  paidAmount: won,
  remainingBalance: won,
  status: words,
  paidAt: instant,
});

export type BalanceAnswer = z.infer<typeof balanceSchema>;
export type ChargeAnswer = z.infer<typeof chargeSchema>;
export type ProductAnswer = z.infer<typeof productSchema>;
export type OrderAnswer = z.infer<typeof orderSchema>;
export type FoundOrderAnswer = z.infer<typeof foundOrderSchema>;
export type PaymentAnswer = z.infer<typeof paymentSchema>;

/** Either the answer under the suite's names, or what is wrong with its form, a line each. */
export type ReadAnswer<Answer> = { readonly answer: Answer } | { readonly malformed: readonly string[] };

/** Reads one kind of answer out of a target's JSON. */
export type AnswerReader<Answer> = (json: unknown) => ReadAnswer<Answer>;

type Fields = Readonly<Record<string, unknown>>;

/** Reads fields out of a target's JSON; the paths are taken apart once, not for every answer. */
const fieldsReader = (paths: Readonly<Record<string, string>>): ((json: unknown) => Fields) => {
  const readers = Object.entries(paths).map(([name, path]) => ({ name, readValue: readerAt(path) }));
  return (json) => {
    const fields: Record<string, unknown> = {};
    for (const { name, readValue } of readers) fields[name] = readValue(json);
    return fields;
  };
};

/** Reads fields under the suite's names; `itemPaths` are the target's names of a line's fields. */
const read = <Answer>(
  schema: z.ZodType<Answer>,
  fields: Fields,
  paths: Readonly<Record<string, string>>,
  itemPaths: Readonly<Record<string, string>> = {},
): ReadAnswer<Answer> => {
  const result = schema.safeParse(fields);
  if (result.success) return { answer: result.data };
  const malformed = result.error.issues.map(({ path: [field, ...rest], message }) => {
    const targetsNames = rest.map((part) => itemPaths[String(part)] ?? String(part));
    const name = [paths[String(field)] ?? String(field), ...targetsNames].join('.');
    return `${name}: ${message}`;
  });
  return { malformed };
};

/** The readers of all answers that a profile describes. */
export function answerReaders({ endpoints }: TargetProfile) {
  const readerOf = <Answer>(
    schema: z.ZodType<Answer>,
    paths: Readonly<Record<string, string>>,
  ): AnswerReader<Answer> => {
    const fieldsAt = fieldsReader(paths);
    return (json) => read(schema, fieldsAt(json), paths);
  };
  const itemAt = fieldsReader(endpoints.createOrder.item);
  const orderReader = <Order extends OrderAnswer>(
    schema: z.ZodType<Order>,
    paths: Readonly<Record<string, string>>,
  ): AnswerReader<Order> => {
    const fieldsAt = fieldsReader(paths);
    return (json) => {
      const fields = fieldsAt(json);
      const { items } = fields;
      const readItems = Array.isArray(items) ? items.map(itemAt) : items;
      return read(schema, { ...fields, items: readItems }, paths, endpoints.createOrder.item);
    };
  };
  return {
    balance: readerOf(balanceSchema, endpoints.getBalance.answer),
    charge: readerOf(chargeSchema, endpoints.chargeBalance.answer),
    product: readerOf(productSchema, endpoints.getProduct.answer),
    createdOrder: orderReader(orderSchema, endpoints.createOrder.answer),
    order: orderReader(foundOrderSchema, endpoints.getOrder.answer),
    cancelledOrder: orderReader(orderSchema, endpoints.cancelOrder.answer),
    payment: readerOf(paymentSchema, endpoints.pay.answer),
  };
}
