import type { ReceivedResponse, SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { Acknowledged } from '../../../../helpers/load/crashes/acknowledged.ts';
import type { Outages } from '../../../../helpers/load/crashes/outages.ts';
import { Goods, type PricedProduct } from '../../../../helpers/load/prepare/goods.ts';
import type { Flow } from '../../../../helpers/load/plan/flow.ts';
import { runIteration } from '../../../../helpers/load/run/iteration.ts';
import type { IterationOutcome } from '../../../../helpers/load/run/iteration-parts.ts';
import { Measurements } from '../../../../helpers/load/measure/measurements.ts';
import { isRecord, parseJson } from '../../../../helpers/text/json.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { orderAnswer, paymentAnswer } from '../examples/exchange-examples.ts';

/** How the shop treats one request: as it should, or as given. */
export type Script =
  | 'well'
  | 'lost'
  | 'lost after'
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

/** The header that marks a replay. */
export const replayed = { 'idempotent-replayed': 'true' };

export const insufficientBalance = { status: 409, body: { code: 'PAY001', message: 'Insufficient balance' } };
export const outOfStock = { status: 409, body: { code: 'P002', message: 'Out of stock' } };
export const beingProcessed = { status: 409, body: { code: 'PAY003', message: 'In progress' } };

interface Requests {
  readonly orders: { productId: number; key: string }[];
  readonly payments: { orderId: number; key: string }[];
}

const exampleProducts: readonly PricedProduct[] = [
  { productId: 1, price: 10_000 },
  { productId: 2, price: 20_000 },
  { productId: 3, price: 50_000 },
];

const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

const fieldsOf = ({ body = '' }: SentRequest): Readonly<Record<string, unknown>> => {
  const json = parseJson(body);
  return isRecord(json) ? json : {};
};

/** Creates a shop in memory that takes orders and payments and replays the answer of a repeated key. */
export function scriptedShop({
  orders: orderScript = [],
  payments: paymentScript = [],
  products = exampleProducts,
  profile = reference,
  flow = 'order-then-pay',
  gapMs = 100,
  outages,
  beforePayment = () => undefined,
}: {
  readonly orders?: readonly Script[];
  readonly payments?: readonly Script[];
  readonly products?: readonly PricedProduct[];
  readonly profile?: TargetProfile;
  readonly flow?: Flow;
  readonly gapMs?: number;
  readonly outages?: Outages;
  /** Called when a payment arrives; the first is 1. */
  readonly beforePayment?: (nth: number) => void;
} = {}) {
  const requests: Requests = { orders: [], payments: [] };
  const scripts = { orders: [...orderScript], payments: [...paymentScript] };
  const answered = new Map<string, string>();
  const prices = new Map<number, number>();
  const paused: number[] = [];

  const played = (script: Script, status: number, key: string, answer: () => unknown): ReceivedResponse => {
    if (script === 'lost') throw new Error('socket hang up');
    if (typeof script === 'object') return { headers: {}, ...script, body: text(script.body) };
    const headers = answered.has(key) ? replayed : {};
    const body = answered.get(key) ?? text(answer());
    answered.set(key, body);
    if (script === 'lost after') throw new Error('socket hang up');
    return { status, headers, body };
  };

  const order = (request: SentRequest): ReceivedResponse => {
    const { userId, items, idempotencyKey } = fieldsOf(request);
    const item: unknown = Array.isArray(items) ? items[0] : undefined;
    const productId = isRecord(item) ? numberIn(item.productId) : 0;
    const price = products.find((product) => product.productId === productId)?.price ?? 0;
    const key = String(idempotencyKey);
    requests.orders.push({ productId, key });
    return played(scripts.orders.shift() ?? 'well', 201, key, () => {
      const orderId = prices.size + 1;
      prices.set(orderId, price);
      return orderAnswer({ orderId, userId: numberIn(userId), totalAmount: price, subtotalAmount: price });
    });
  };

  const pay = (request: SentRequest): ReceivedResponse => {
    const orderId = Number(/\d+/.exec(request.path)?.[0]);
    const key = String(fieldsOf(request).idempotencyKey);
    requests.payments.push({ orderId, key });
    beforePayment(requests.payments.length);
    return played(scripts.payments.shift() ?? 'well', 200, key, () =>
      paymentAnswer({ orderId, paidAmount: prices.get(orderId) ?? 0, paymentId: answered.size + 1 }),
    );
  };

  const measurements = new Measurements(() => undefined, outages);
  const acknowledged = new Acknowledged();
  const api = new ShopApi({
    profile,
    transport: {
      send: (request) =>
        Promise.resolve().then(() => (request.path.endsWith('/payment') ? pay(request) : order(request))),
    },
  });
  const goods = new Goods([1, 2, 3], products);
  return {
    requests,
    acknowledged,
    measurements,
    paused,
    iterate: (): Promise<IterationOutcome> =>
      runIteration(
        { api, profile, flow, gapMs, goods, measurements, crashes: outages && { outages, acknowledged } },
        (milliseconds) => {
          paused.push(milliseconds);
          return Promise.resolve();
        },
      ),
  };
}
