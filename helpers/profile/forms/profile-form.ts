import { z } from 'zod';
import { shownText } from '../../text/shown-text.ts';
import { didYouMean } from '../../text/words/name-similarity.ts';
import { isRecord } from '../../text/json.ts';
import { policiesForm } from '../policies.ts';
import { count, keyedCall, status, word, words } from './values.ts';

const path = z.string().startsWith('/', 'expected a path that begins with /');
const notOffered = z.strictObject({ notOffered: z.string() });
const fixed = z.record(z.string(), z.union([z.string(), z.number()])).optional();

const key = z.strictObject({ in: z.enum(['body', 'header']), name: word }).optional();

/** Returns the form of an object whose members are texts: those that must be there, and those that may be. */
const texts = (required: readonly string[], optional: readonly string[]) =>
  z.strictObject({
    ...Object.fromEntries(required.map((name) => [name, word])),
    ...Object.fromEntries(optional.map((name) => [name, word.optional()])),
  });

const endpoint = { method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']), path, success: status };
const sent = { ...endpoint, constants: z.record(z.string(), z.json()).optional(), key };

const orderFields = [
  ...['orderNumber', 'userId', 'items', 'subtotalAmount', 'discountAmount', 'status', 'createdAt', 'paidAt'],
];

const offers = (form: z.ZodType): z.ZodType =>
  z.unknown().superRefine((value, context) => {
    const schema = isRecord(value) && 'notOffered' in value ? notOffered : form;
    for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  });

const endpoints = z.strictObject({
  health: offers(z.strictObject({ ...endpoint, says: z.record(z.string(), z.json()).optional() })),
  getBalance: offers(z.strictObject({ ...endpoint, answer: texts(['balance'], ['userId']) })),
  chargeBalance: offers(
    z.strictObject({
      ...sent,
      body: texts(['amount'], ['userId']),
      answer: texts(['balance'], ['userId', 'chargedAmount', 'chargedAt']),
    }),
  ),
  getProduct: offers(
    z.strictObject({
      ...endpoint,
      inList: z.string().optional(),
      answer: texts(['price', 'stock'], ['productId', 'name']),
    }),
  ),
  createOrder: z
    .strictObject({
      ...sent,
      body: texts(['productId', 'quantity'], ['userId', 'items', 'unitPrice']),
      answer: texts([], [...orderFields, 'orderId', 'totalAmount']),
      idInHeader: word.optional(),
      item: texts([], ['productId', 'productName', 'quantity', 'unitPrice', 'subtotal']),
    })
    .refine(
      ({ answer, idInHeader }) => (answer.orderId === undefined) !== (idInHeader === undefined),
      'either `answer.orderId` or `idInHeader`, which says where the id is',
    ),
  getOrder: offers(
    z.strictObject({
      ...endpoint,
      inList: z.string().optional(),
      answer: texts(['totalAmount'], [...orderFields, 'orderId']),
    }),
  ),
  cancelOrder: offers(
    z.strictObject({
      ...sent,
      body: texts([], ['userId', 'orderId']),
      answer: texts([], [...orderFields, 'orderId', 'totalAmount']),
    }),
  ),
  pay: offers(
    z.strictObject({
      ...sent,
      body: texts([], ['userId', 'orderId', 'amount']),
      answer: texts([], ['paymentId', 'orderId', 'paidAmount', 'remainingBalance', 'status', 'paidAt']),
      amount: z.enum(['optional', 'required']).optional(),
      successStatus: word.optional(),
    }),
  ),
});

const refusal = z.strictObject({
  status: z.union([status, z.array(status).min(1)]),
  codes: words,
  says: words.optional(),
});

const trigger = {
  amount: z.int().positive().optional(),
  fields: z.record(z.string(), z.json()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  keyPrefix: word.optional(),
};
const isSaid = ({ amount, fields = {}, headers = {}, keyPrefix }: z.infer<z.ZodObject<typeof trigger>>): boolean =>
  amount !== undefined || keyPrefix !== undefined || Object.keys({ ...fields, ...headers }).length > 0;
const unsaid = 'expected amount, fields, headers or keyPrefix';
const triggering = z.strictObject(trigger).refine(isSaid, unsaid).optional();
const lateTriggering = z
  .strictObject({ ...trigger, withinMs: count.optional() })
  .refine(isSaid, unsaid)
  .optional();

const gateway = z.strictObject({
  declines: triggering,
  timesOut: triggering,
  answersTwice: lateTriggering,
  answersLate: lateTriggering,
});

const linesInTable = texts(['table', 'orderId', 'productId', 'quantity'], ['subtotal']);
const linesInColumn = texts(['inColumn', 'productId', 'quantity'], []);

const succeeded = z.strictObject({ column: word, value: z.string() }).optional();

const tables = z.strictObject({
  users: z.strictObject({ table: word, id: word, name: word.optional(), email: word.optional(), fixed }),
  balances: offers(z.strictObject({ table: word, userId: word, balance: word, fixed })),
  products: z.strictObject({ table: word, id: word, name: word, price: word, stock: word, fixed }),
  orders: texts(['table', 'id', 'userId', 'total', 'status'], ['subtotal']),
  orderItems: z.unknown().superRefine((lines, context) => {
    const form = isRecord(lines) && 'inColumn' in lines ? linesInColumn : linesInTable;
    for (const issue of form.safeParse(lines).error?.issues ?? []) context.addIssue({ ...issue });
  }),
  payments: offers(
    z.strictObject({
      ...{ table: word, id: word, orderId: word, userId: word.optional(), amount: word },
      succeeded,
    }),
  ),
  charges: z.strictObject({ table: word, orderId: word, amount: word, succeeded }).optional(),
  keys: z.array(
    z
      .strictObject({
        ...{ table: word, userId: word.optional(), orderId: word.optional(), expiresAt: word.optional() },
        optional: z.boolean().optional(),
        of: z.array(keyedCall).optional(),
      })
      .refine(({ userId, orderId }) => userId !== undefined || orderId !== undefined, 'expected userId or orderId'),
  ),
});

const reasons = [
  ...['balance', 'stock', 'in-progress', 'order-state', 'key-reuse', 'foreign-order', 'unknown-order', 'unknown-user'],
  ...['unknown-product', 'invalid-quantity', 'invalid-charge', 'invalid-input'],
];
const idForm = z.enum(['number', 'string']);

/** What a profile may say, but for how requests authenticate. */
const profileForm = z.looseObject({
  name: word,
  ids: z.strictObject({ user: idForm, product: idForm, order: idForm, payment: idForm }),
  money: z.strictObject({
    decimals: z.int().min(0).max(6),
    inJson: z.enum(['minor-units', 'decimal-string', 'decimal-number']),
    inTables: z.enum(['minor-units', 'decimal']),
    largest: z.int().positive().optional(),
  }),
  endpoints,
  orderStatus: z.strictObject({
    pending: word,
    paid: word,
    cancelled: word,
    later: words.optional(),
    refused: words.optional(),
  }),
  errors: z.strictObject({
    code: word.optional(),
    message: z.union([word, z.array(word).min(1)]).optional(),
    timestamp: word.optional(),
  }),
  refusals: z.strictObject({
    ...Object.fromEntries(reasons.map((reason) => [reason, refusal])),
    declined: refusal.optional(),
  }),
  policies: policiesForm,
  gateway: gateway.optional(),
  tables,
});

const further = ['authentication', 'headers'];
const known = [...Object.keys(profileForm.shape), ...further];

const maxMistakes = 8;

/**
 * Returns what a profile says that no profile can say: unknown fields, wrong words, missing parts, a sentence each.
 * Types say the same in an editor, but nothing checks them when a profile is run.
 */
export function mistakesIn(profile: object): string[] {
  const unknown = Object.keys(profile)
    .filter((name) => !known.includes(name))
    .map((name) => `there is no \`${name}\`${didYouMean(name, known)}`);
  const issues = profileForm.safeParse(profile).error?.issues ?? [];
  const mistakes = [...unknown, ...issues.flatMap((issue) => sentencesOf(issue, profile))];
  return mistakes.length > maxMistakes ? [...mistakes.slice(0, maxMistakes), `… of ${mistakes.length}`] : mistakes;
}

const sentencesOf = (issue: z.core.$ZodIssue, profile: object): string[] => {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => `${place} has no \`${name}\``);
  const said = valueIn(profile, issue.path);
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  if (said === undefined) return [`\`${place}\` is missing`];
  const near = typeof said === 'string' ? didYouMean(said, allowed) : '';
  const expected = allowed.length > 0 ? `expected ${allowed.map((one) => `'${one}'`).join(' or ')}` : issue.message;
  return [`\`${place}\` is ${shownText(JSON.stringify(said), 80)}: ${expected}${near}`];
};

const valueIn = (profile: object, names: readonly PropertyKey[]): unknown =>
  names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    profile,
  );
