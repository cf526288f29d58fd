import { z } from 'zod';
import { idSchema as anyId } from '../../profile/ids.ts';
import { answeredPart } from './answered-part.ts';
import { readerAt, valueAt } from '../../text/json.ts';
import { isPathSegment } from '../path-segment.ts';
import { shownText } from '../../text/shown-text.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import { isPlausibleInstant } from '../../text/instants.ts';
import type { IdForm, MoneyForm, TargetProfile } from '../../profile/target-profile.ts';

const pieces = z.number().int().positive();
const maxLines = 1000;
const words = z.string().min(1).max(1000);
const noInstant = 'expected a date and time';
const instant = z.union([z.string().refine(isPlausibleInstant, noInstant), z.number().positive()], noInstant);

// An id becomes part of later paths and must not change them.
const textId = z
  .string()
  .min(1)
  .max(200)
  .refine(isPathSegment, {
    error: ({ input }) => `Invalid input: ${describe(input)} is no id that could stand in a path`,
  });

const idSchema = (form: IdForm) => (form === 'number' ? z.number().int().positive() : textId);

/** Describes a value in a few words, without the content of arrays and objects. */
const describe = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return shownText(JSON.stringify(value), 100);
};

/** Amounts of zero or more; in the smallest unit once read. */
const moneySchema = (money: MoneyForm): z.ZodType<number> => {
  if (money.inJson === 'minor-units') return z.number().int().nonnegative();
  const { fromJson, toJson } = moneyCodec(money);
  const example = JSON.stringify(toJson(10 ** money.decimals * 10));
  return z.unknown().transform((value, context) => {
    const amount = fromJson(value);
    if (amount >= 0) return amount;
    context.addIssue({
      code: 'custom',
      message: `Invalid input: expected an amount such as ${example}, received ${describe(value)}`,
    });
    return z.NEVER;
  });
};

const schemasFor = ({
  ids,
  money,
}: {
  ids: Record<keyof TargetProfile['ids'], z.ZodType<number | string>>;
  money: z.ZodType<number>;
}) => {
  const item = z.object({
    productId: ids.product.optional(),
    productName: words.optional(),
    quantity: pieces.optional(),
    unitPrice: money.optional(),
    subtotal: money.optional(),
  });
  const order = z.object({
    orderId: ids.order,
    userId: ids.user,
    totalAmount: money,
    orderNumber: words.optional(),
    // Their number is checked first: reading a million lines takes long.
    items: z.array(z.unknown()).min(1).max(maxLines).pipe(z.array(item)).optional(),
    subtotalAmount: money.optional(),
    discountAmount: money.optional(),
    status: words.optional(),
    createdAt: instant.optional(),
    /** Present once the order is paid. */
    paidAt: instant.nullish(),
  });
  return {
    balance: z.object({ userId: ids.user, balance: money }),
    charge: z.object({
      userId: ids.user,
      balance: money,
      chargedAmount: money.optional(),
      chargedAt: instant.optional(),
    }),
    product: z.object({ productId: ids.product, name: words.optional(), price: money, stock: z.number().int().min(0) }),
    order,
    /** An order that is looked up or cancelled: its owner and total are known already. */
    shownOrder: order.extend({ userId: ids.user.optional(), totalAmount: money.optional() }),
    payment: z.object({
      paymentId: ids.payment.optional(),
      orderId: ids.order,
      paidAmount: money.optional(),
      remainingBalance: money.optional(),
      status: words.optional(),
      paidAt: instant.optional(),
    }),
  };
};

/** Answers of any target under the suite's names, with amounts in the smallest unit. */
export const answerSchemas = schemasFor({
  ids: { user: anyId, product: anyId, order: anyId, payment: anyId },
  money: z.number(),
});

export type BalanceAnswer = z.infer<typeof answerSchemas.balance>;
export type ChargeAnswer = z.infer<typeof answerSchemas.charge>;
export type ProductAnswer = z.infer<typeof answerSchemas.product>;
export type OrderAnswer = z.infer<typeof answerSchemas.order>;
export type ShownOrderAnswer = z.infer<typeof answerSchemas.shownOrder>;
export type PaymentAnswer = z.infer<typeof answerSchemas.payment>;

/** Either the answer under the suite's names, or the errors in its form, a line each. */
export type ReadAnswer<Answer> = { readonly answer: Answer } | { readonly malformed: readonly string[] };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one kind of answer from a target's JSON. A field that the target does not send according to its profile, but
 * that the request had (such as the owner of an order), is taken from the request.
 */
export type AnswerReader<Answer> = (
  json: unknown,
  asked?: Fields,
  headers?: Readonly<Record<string, string>>,
) => ReadAnswer<Answer>;

type Paths = Readonly<Partial<Record<string, string>>>;

const declared = (paths: Paths): [name: string, path: string][] =>
  Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [[name, path]]));

/** Returns a reader of fields from a target's JSON; it splits the paths only once. */
const fieldsReader = (paths: Paths): ((json: unknown) => Record<string, unknown>) => {
  const readers = declared(paths).map(([name, path]) => ({ name, readValue: readerAt(path) }));
  return (json) => {
    const fields: Record<string, unknown> = {};
    // A field that the profile names must be there: null is invalid for every field that may be left out.
    for (const { name, readValue } of readers) fields[name] = readValue(json) ?? null;
    return fields;
  };
};

const maxProblems = 10;

/** Returns what is wrong with a field and, unless that says it, the value; the form of a list or an object says enough. */
const wrongValue = (fields: Fields, path: readonly PropertyKey[], message: string): string => {
  const value = valueAt(fields, path.map(String).join('.'));
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && !message.includes(describe(value)) ? `${message}, seen ${describe(value)}` : message;
};

/** Reads fields under the suite's names; `itemPaths` are the target's names of a line's fields. */
const read = <Answer>(
  schema: z.ZodType<Answer>,
  fields: Fields,
  paths: Paths,
  itemPaths: Paths = {},
): ReadAnswer<Answer> => {
  const result = schema.safeParse(fields);
  if (result.success) return { answer: result.data };
  const { issues } = result.error;
  const malformed = issues.slice(0, maxProblems).map(({ path, message }) => {
    const [field, ...rest] = path;
    const targetsNames = rest.map((part) => itemPaths[String(part)] ?? String(part));
    const name = [paths[String(field)] ?? String(field), ...targetsNames].join('.');
    return `${name}: ${wrongValue(fields, path, message)}`;
  });
  return { malformed: issues.length > malformed.length ? [...malformed, `… of ${issues.length}`] : malformed };
};

/** Returns the id with which the path of a header ends: `/orders/12`, `https://shop.example/orders/12`. */
function idAtEndOf(header: string | undefined, form: IdForm): number | string | null {
  const last = header?.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1);
  if (last === undefined || last === '') return null;
  return form === 'number' && /^\d+$/.test(last) ? Number(last) : last;
}

const notOffered: AnswerReader<never> = () => ({ malformed: ['the target has no such endpoint'] });

const madeFor = new WeakMap<TargetProfile, ReturnType<typeof makeReaders>>();

/** Returns the readers of all answers that a profile describes: the same ones each time, since many ask for them. */
export function answerReaders(profile: TargetProfile): ReturnType<typeof makeReaders> {
  const made = madeFor.get(profile) ?? makeReaders(profile);
  madeFor.set(profile, made);
  return made;
}

function makeReaders({ endpoints, ids, money }: TargetProfile) {
  const schemas = schemasFor({
    ids: {
      user: idSchema(ids.user),
      product: idSchema(ids.product),
      order: idSchema(ids.order),
      payment: idSchema(ids.payment),
    },
    money: moneySchema(money),
  });
  const readerOf = <Answer>(
    schema: z.ZodType<Answer>,
    endpoint:
      | { readonly answer: Paths; readonly inList?: string; readonly idInHeader?: string | undefined }
      | { readonly notOffered: string },
    askedNames: readonly string[],
  ): AnswerReader<Answer> => {
    if (!isOffered(endpoint)) return notOffered;
    const paths = endpoint.answer;
    const fieldsAt = fieldsReader(paths);
    const untold = askedNames.filter((name) => paths[name] === undefined);
    const linesAt = paths.items === undefined ? undefined : fieldsReader(endpoints.createOrder.item);
    return (json, asked, headers = {}) => {
      const part = answeredPart(endpoint, json, asked);
      if (part === undefined && endpoint.inList !== undefined) {
        return { malformed: [`${endpoint.inList || 'the answer'}: a list with what was asked for was expected`] };
      }
      const fields = fieldsAt(part);
      for (const name of untold) fields[name] = asked?.[name];
      if (endpoint.idInHeader !== undefined) {
        fields.orderId = idAtEndOf(headers[endpoint.idInHeader.toLowerCase()], ids.order);
      }
      if (linesAt && Array.isArray(fields.items)) fields.items = fields.items.map(linesAt);
      return read(schema, fields, paths, endpoints.createOrder.item);
    };
  };
  return {
    balance: readerOf(schemas.balance, endpoints.getBalance, ['userId']),
    charge: readerOf(schemas.charge, endpoints.chargeBalance, ['userId', 'chargedAmount']),
    product: readerOf(schemas.product, endpoints.getProduct, ['productId']),
    createdOrder: readerOf(schemas.order, endpoints.createOrder, ['userId', 'totalAmount']),
    order: readerOf(schemas.shownOrder, endpoints.getOrder, ['orderId']),
    cancelledOrder: readerOf(schemas.shownOrder, endpoints.cancelOrder, ['orderId', 'userId']),
    payment: readerOf(schemas.payment, endpoints.pay, ['orderId']),
  };
}
