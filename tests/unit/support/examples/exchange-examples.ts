import { stripVTControlCharacters } from 'node:util';
import type { ChargeAnswer, OrderAnswer, PaymentAnswer } from '../../../../helpers/api/answers/answers.ts';
import { classifyRefusal } from '../../../../helpers/refusals/classify-refusal.ts';
import type { CallName, Exchange } from '../../../../helpers/api/answers/exchange.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { isRecord } from '../../../../helpers/text/json.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** Exchanges as the reference target would give them, for order 12 of user 1: 50,000 won for one piece of product 3. */

const now = '2026-07-01T09:00:00.000Z';

type Lines = NonNullable<OrderAnswer['items']>;
type OrderChanges = Omit<Partial<OrderAnswer>, 'items'> & { items?: Lines };

/** Returns an answered order, changed in places. */
export const orderAnswer = (changes: OrderChanges = {}): OrderAnswer & { items: Lines } => ({
  orderId: 12,
  orderNumber: 'ORD-12',
  userId: 1,
  items: [{ productId: 3, productName: 'Keyboard', quantity: 1, unitPrice: 50_000, subtotal: 50_000 }],
  subtotalAmount: 50_000,
  discountAmount: 0,
  totalAmount: 50_000,
  status: 'PENDING',
  createdAt: now,
  ...changes,
});

/** Returns an answered payment, changed in places. */
export const paymentAnswer = (changes: Partial<PaymentAnswer> = {}): PaymentAnswer => ({
  paymentId: 7,
  orderId: 12,
  paidAmount: 50_000,
  remainingBalance: 950_000,
  status: 'SUCCESS',
  paidAt: now,
  ...changes,
});

/** Returns an answered top-up, changed in places. */
export const chargeAnswer = (changes: Partial<ChargeAnswer> = {}): ChargeAnswer => ({
  userId: 1,
  balance: 1_010_000,
  chargedAmount: 10_000,
  chargedAt: now,
  ...changes,
});

const paths = {
  createOrder: '/api/orders',
  pay: '/api/orders/12/payment',
  chargeBalance: '/api/users/1/balance/charge',
} as const;

type Call = keyof typeof paths & CallName;

const asked = (
  name: Call,
  key: string,
): Pick<Exchange, 'name' | 'idempotencyKey' | 'request' | 'sentAtMs' | 'durationMs'> => ({
  name,
  idempotencyKey: key,
  request: { method: 'POST', path: paths[name], headers: {}, body: JSON.stringify({ userId: 1, idempotencyKey: key }) },
  sentAtMs: 0,
  durationMs: 12.4,
});

interface Circumstances {
  readonly key?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const answered = <Answer>(
  name: Call,
  answer: Answer,
  { key = 'key-1', status = reference.endpoints[name].success, headers = {} }: Circumstances = {},
): Exchange<Answer> => ({
  ...asked(name, key),
  outcome: 'ok',
  response: { status, headers, body: JSON.stringify(answer) },
  answer,
});

export const ordered = (changes?: OrderChanges, circumstances?: Circumstances): Exchange<OrderAnswer> =>
  answered('createOrder', orderAnswer(changes), circumstances);

export const paid = (changes?: Partial<PaymentAnswer>, circumstances?: Circumstances): Exchange<PaymentAnswer> =>
  answered('pay', paymentAnswer(changes), circumstances);

export const charged = (changes?: Partial<ChargeAnswer>, circumstances?: Circumstances): Exchange<ChargeAnswer> =>
  answered('chargeBalance', chargeAnswer(changes), circumstances);

/** Returns a payment with the replay header. */
export const replayed = (changes?: Partial<PaymentAnswer>): Exchange<PaymentAnswer> =>
  paid(changes, { headers: { 'idempotent-replayed': 'true' } });

/** Returns a success whose body has another form than promised. */
export const malformed = (name: Call, body: string, ...problems: readonly string[]): Exchange<never> => ({
  ...asked(name, 'key-1'),
  outcome: 'ok',
  response: { status: reference.endpoints[name].success, headers: {}, body },
  malformed: problems,
});

/** Returns a refusal that is classified from its body. */
export const refused = (
  name: Call,
  status: number,
  error: unknown,
  profile: TargetProfile = reference,
): Exchange<never> => {
  const inForm =
    isRecord(error) && 'code' in error ? { code: '', message: 'Refused', timestamp: now, ...error } : error;
  const body = typeof inForm === 'string' ? inForm : JSON.stringify(inForm);
  return {
    ...asked(name, 'key-1'),
    outcome: 'refused',
    response: { status, headers: {}, body },
    refusal: classifyRefusal(profile, status, body),
  };
};

/** Returns a payment refused for insufficient balance. */
export const unaffordable = (): Exchange<never> =>
  refused('pay', 409, { code: 'PAY001', message: 'Insufficient balance (required: 50000, available: 1000)' });

/** Returns a refused in-flight duplicate. */
export const inProgress = (): Exchange<never> => refused('pay', 409, { code: 'PAY003', message: 'In progress' });

/** Returns a request that was never answered. */
export const lost = (name: Call, failure = 'socket hang up', key = 'key-1'): Exchange<never> => ({
  ...asked(name, key),
  outcome: 'unknown',
  failure,
});

/** Returns the message with which an assertion fails, without colours; empty when it holds. */
export function failureOf(assertion: () => void): string {
  try {
    assertion();
    return '';
  } catch (error) {
    return error instanceof Error ? stripVTControlCharacters(error.message) : String(error);
  }
}
