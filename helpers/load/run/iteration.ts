import type { Id } from '../../profile/ids.ts';
import { randomBytes } from 'node:crypto';
import type { OrderAnswer, PaymentAnswer } from '../../api/answers/answers.ts';
import type { Exchange } from '../../api/answers/exchange.ts';
import { deviationOfExchange } from '../../findings/deviations/deviation-of-exchange.ts';
import type { JudgedExchange } from '../../findings/kinds/kind-of-exchange.ts';
import { amountInWords, plainAmount } from '../../profile/amount-in-words.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { Blocked } from '../../text/blocked.ts';
import { isUnsettled } from '../../api/resend-until-settled.ts';
import { throughOutages } from '../crashes/through-outages.ts';
import { causeOf } from '../measure/cause-of.ts';
import { maxOrderTries, paymentsOfAnIteration } from '../plan/flow.ts';
import type { PricedProduct } from '../prepare/goods.ts';
import type { IterationOutcome, IterationParts, PlacedOrder } from './iteration-parts.ts';
import { noteStuckKey } from './stuck-key.ts';
import { underLoad, verifyPayments } from './verify-payments.ts';

/** Waits, and comes back at once when the run is being stopped. */
export type Pause = (milliseconds: number) => Promise<void>;

const maxRepeats = 5;
const pauseBeforeRepeatMs = 100;

// Unique among all runs, and cheaper than a UUID for each request.
/** Prefix of all idempotency keys of this process. */
export const keyPrefix = `load-${randomBytes(9).toString('base64url')}-`;
let keys = 0;
const nextKey = (): string => `${keyPrefix}${(keys += 1).toString(36)}`;

/** Does one iteration and counts what came of it. */
export async function runIteration(parts: IterationParts, pause: Pause): Promise<IterationOutcome> {
  const { measurements, flow } = parts;
  const placed = await placeOrder(parts, pause);
  let outcome = typeof placed === 'string' ? placed : undefined;
  if (typeof placed !== 'string' && flow !== 'order') outcome = await payOrder(parts, placed, pause);
  measurements.add('iterations');
  measurements.add(outcome === undefined ? 'iterations_succeeded' : 'iterations_failed');
  return outcome;
}

async function placeOrder(parts: IterationParts, pause: Pause): Promise<PlacedOrder | string> {
  const { profile, goods, measurements, crashes } = parts;
  const userId = goods.nextUserId();
  measurements.add('orders_tried');
  const tried: PricedProduct[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const product = goods.nextProduct(tried);
    tried.push(product);
    const open: Exchange[] = [];
    const exchange = await order(parts, userId, product, pause, (one) => open.push(one));
    const { answer } = exchange;
    if (exchange.outcome === 'ok') {
      if (answer && !exchange.malformed && answer.totalAmount === product.price && answer.userId === userId) {
        measurements.add('orders_created');
        const { orderId } = answer;
        crashes?.acknowledged.orders.push({ orderId, userId });
        return { order: answer, concerned: { userId, productId: product.productId, amount: product.price, orderId } };
      }
      const judged = judgedOrder(profile, exchange, userId, product);
      const deviation = deviationOfExchange(profile, exchange, judged, [exchange], underLoad);
      const promise = `an order of ${amountInWords(product.price, profile.money)} was answered in another form or sum than promised`;
      measurements.breaks('orders_wrong', { deviation, promise }, exchange);
      return 'broken-promise';
    }
    if (noteStuckKey(parts, 'orders_wrong', [...open, exchange])) return 'broken-promise';
    const reason = causeOf(exchange);
    if (reason !== 'stock' || attempt === maxOrderTries) return reason;
    measurements.add('order_retries');
  }
}

const judgedOrder = (
  { money }: TargetProfile,
  { answer, malformed = [] }: Exchange<OrderAnswer>,
  userId: Id,
  { price }: PricedProduct,
): JudgedExchange => ({
  expectation: { of: 'success' },
  expected: `an order of user ${userId} of ${amountInWords(price, money)}`,
  problems: [
    ...malformed,
    ...(answer && answer.userId !== userId ? [`it belongs to user ${answer.userId}`] : []),
    ...(answer && answer.totalAmount !== price ? [`its total is ${plainAmount(answer.totalAmount, money)}`] : []),
  ],
});

async function order(
  { api, measurements, crashes }: IterationParts,
  userId: Id,
  { productId, price }: PricedProduct,
  pause: Pause,
  onOpen: (exchange: Exchange) => void,
): Promise<Exchange<OrderAnswer>> {
  const request = { userId, items: [{ productId, quantity: 1, price }], idempotencyKey: nextKey() };
  const concerned = { userId, productId, amount: price };
  for (let repeat = 0; ; repeat += 1) {
    const send = async (): Promise<Exchange<OrderAnswer>> => {
      const sent = await api.createOrder(request);
      measurements.request('order', sent, concerned);
      return sent;
    };
    const exchange = await throughOutages(crashes?.outages, send, onOpen);
    if (!isUnsettled(exchange) || repeat === maxRepeats) return exchange;
    await pause(pauseBeforeRepeatMs * (repeat + 1));
  }
}

/** Pays three times with one key, and again for as long as the answers leave open whether it is paid. */
async function payOrder(parts: IterationParts, placed: PlacedOrder, pause: Pause): Promise<IterationOutcome> {
  const { api, measurements, flow, gapMs, crashes } = parts;
  const { order: placedOrder, concerned } = placed;
  const payment = { userId: concerned.userId, idempotencyKey: nextKey() };
  let original: Exchange<PaymentAnswer> | undefined;
  const answers: Exchange<PaymentAnswer>[] = [];
  let blocked: Blocked | undefined;
  const pay = async (): Promise<Exchange<PaymentAnswer>[]> => {
    const sent: Exchange<PaymentAnswer>[] = [];
    const send = async (): Promise<Exchange<PaymentAnswer>> => {
      const exchange = await api.pay(placedOrder.orderId, payment, original);
      if (exchange.outcome === 'ok') original ??= exchange;
      measurements.request('payment', exchange, concerned);
      return exchange;
    };
    try {
      sent.push(await throughOutages(crashes?.outages, send, (open) => sent.push(open)));
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      blocked = error;
    }
    return sent;
  };
  measurements.add('payments_tried');
  if (flow === 'pay-at-once') {
    answers.push(...(await Promise.all(Array.from({ length: paymentsOfAnIteration }, pay))).flat());
  } else {
    for (let number = 1; number <= paymentsOfAnIteration && !blocked; number += 1) {
      if (number > 1 && gapMs > 0) await pause(gapMs);
      answers.push(...(await pay()));
    }
  }
  for (let repeat = 1; repeat <= maxRepeats && !blocked && answers.every(isUnsettled); repeat += 1) {
    await pause(pauseBeforeRepeatMs * repeat);
    answers.push(...(await pay()));
  }
  const isAcknowledged = answers.some(({ outcome }) => outcome === 'ok');
  if (isAcknowledged) crashes?.acknowledged.payments.push({ orderId: placedOrder.orderId, userId: concerned.userId });
  const outcome = verifyPayments(parts, placed, answers);
  // What has been paid until then counts all the same.
  if (blocked) throw blocked;
  return outcome;
}
