import {
  answerReaders,
  type BalanceAnswer,
  type ChargeAnswer,
  type OrderAnswer,
  type PaymentAnswer,
  type ProductAnswer,
  type ShownOrderAnswer,
} from './answers/answers.ts';
import { ApiCalls, type ApiCallsOptions } from './api-calls.ts';
import type { CallName, Exchange } from './answers/exchange.ts';
import type { Id } from '../profile/ids.ts';
import { parseJson, valueAt, type Field, type Json } from '../text/json.ts';
import type { OrderLine } from './order-line.ts';
import type { PriceOf } from './order-total.ts';
import { requestBody } from './request-body.ts';
import { RequestValues } from './request-values.ts';
import { describeField } from '../text/describe-field.ts';
import { plainAmount, withUnit } from '../profile/amount-in-words.ts';
import type { MoneyForm } from '../profile/target-profile.ts';
import { isMissing, type Endpoints, type KeyPlace, type NotOffered } from '../profile/endpoint-forms.ts';

export interface ShopApiOptions extends ApiCallsOptions {
  /** Totals of the orders that were answered, by id: what a payment states where it must and nothing else is said. */
  readonly totals?: Map<string, number>;
  /** Returns the price of a product that orders may be made of, where it is known. */
  readonly priceOf?: PriceOf;
  /** Returns the look-up of an order that counts: the first one, or a later one where that does not show what it must. */
  readonly lookAgain?: (
    orderId: Id,
    first: Exchange<ShownOrderAnswer>,
    look: () => Promise<Exchange<ShownOrderAnswer>>,
  ) => Promise<Exchange<ShownOrderAnswer>>;
  /** Called before a top-up is sent; returns a function to call with its answer. */
  readonly onCharge?: (charge: {
    userId: Id;
    amount: Field;
    idempotencyKey: Field;
  }) => ((exchange: Exchange) => void) | undefined;
}

/**
 * The target's API as typed calls. No call throws for any answer of the target or for its absence: the exchange holds
 * the classified outcome. All amounts in the smallest unit.
 *
 * @throws NotOffered by every call whose endpoint the profile declares missing, unless `onNotOffered` does otherwise.
 */
export class ShopApi {
  readonly #options: ShopApiOptions;
  readonly #calls: ApiCalls;
  readonly #endpoints: Endpoints;
  readonly #read: ReturnType<typeof answerReaders>;
  readonly #values: RequestValues;

  constructor(options: ShopApiOptions) {
    const totals = options.totals ?? new Map<string, number>();
    this.#options = { ...options, totals };
    this.#endpoints = options.profile.endpoints;
    this.#read = answerReaders(options.profile);
    this.#values = new RequestValues({ ...options, totals });
    this.#calls = new ApiCalls(options);
  }

  /** Returns the same API with some options changed, such as its transport or its headers. */
  with(changes: Partial<ShopApiOptions>): ShopApi {
    return new ShopApi({ ...this.#options, ...changes });
  }

  /** The notation of the target's amounts. */
  get money(): MoneyForm {
    return this.#options.profile.money;
  }

  #inWords(amount: Field): string {
    return withUnit(typeof amount === 'number' ? plainAmount(amount, this.money) : describeField(amount), this.money);
  }

  /** Returns whether the target has a call. */
  offers(name: keyof Endpoints): boolean {
    return !isMissing(this.#endpoints[name]);
  }

  health(): Promise<Exchange> {
    return this.#calls.send({
      name: 'health',
      title: () => 'checks the health of the API',
      endpoint: this.#offered('health', this.#endpoints.health),
    });
  }

  getBalance(userId: Id): Promise<Exchange<BalanceAnswer>> {
    return this.#calls.send({
      name: 'getBalance',
      title: () => `looks up the balance of user ${describeField(userId)}`,
      endpoint: this.#offered('getBalance', this.#endpoints.getBalance),
      parameters: { userId },
      userId,
      read: this.#read.balance,
    });
  }

  /** @param charge its `further` fields are sent as they are. */
  async chargeBalance(
    userId: Id,
    charge: { amount: Field; idempotencyKey: Field; further?: Readonly<Record<string, Json>> },
  ): Promise<Exchange<ChargeAnswer>> {
    const endpoint = this.#offered('chargeBalance', this.#endpoints.chargeBalance);
    const { body } = endpoint;
    this.#values.assertTopUpWithinLimit(charge.amount);
    const onAnswer = this.#options.onCharge?.({ userId, ...charge });
    const exchange = await this.#calls.send({
      name: 'chargeBalance',
      title: () => `tops up user ${describeField(userId)} by ${this.#inWords(charge.amount)}`,
      endpoint,
      parameters: { userId },
      body: requestBody(
        endpoint,
        [
          [body.userId, userId],
          [body.amount, this.#values.amount(charge.amount)],
          [keyField(endpoint), charge.idempotencyKey],
        ],
        charge.further,
      ),
      idempotencyKey: charge.idempotencyKey,
      userId,
      read: this.#read.charge,
      asked: { userId, chargedAmount: this.#values.readable(this.#values.amount(charge.amount)) },
    });
    onAnswer?.(exchange);
    return exchange;
  }

  getProduct(productId: Id): Promise<Exchange<ProductAnswer>> {
    return this.#calls.send({
      name: 'getProduct',
      title: () => `looks up product ${describeField(productId)}`,
      endpoint: this.#offered('getProduct', this.#endpoints.getProduct),
      parameters: { productId },
      read: this.#read.product,
    });
  }

  /**
   * @param order its `further` fields, and those of its lines, are sent as they are. Where it has no `idempotencyKey`
   *   property, not even `undefined`, and the target requires a key, one is generated.
   */
  async createOrder(order: {
    userId: Field;
    items: readonly OrderLine[] | undefined;
    idempotencyKey?: Field;
    further?: Readonly<Record<string, Json>>;
  }): Promise<Exchange<OrderAnswer>> {
    const endpoint = this.#endpoints.createOrder;
    const { body } = endpoint;
    const lines = this.#values.lines(order.items);
    const idempotencyKey = 'idempotencyKey' in order ? order.idempotencyKey : this.#values.orderKey();
    const exchange = await this.#calls.send({
      name: 'createOrder',
      title: () => `user ${describeField(order.userId)} orders ${describeLines(order.items)}`,
      endpoint,
      parameters: { userId: order.userId },
      body: {
        ...requestBody(endpoint, [
          [body.userId, order.userId],
          [body.items, lines],
          [keyField(endpoint), idempotencyKey],
        ]),
        ...(body.items === undefined && lines?.[0]),
        ...order.further,
      },
      idempotencyKey,
      userId: order.userId,
      read: this.#read.createdOrder,
      asked: { userId: order.userId, totalAmount: this.#values.total(order.items) },
    });
    const { answer } = exchange;
    if (answer) this.#options.totals?.set(String(answer.orderId), answer.totalAmount);
    return exchange;
  }

  /** @param userId the owner, for targets that show an order only to its owner. */
  async getOrder(orderId: Id, { userId }: { userId?: Field } = {}): Promise<Exchange<ShownOrderAnswer>> {
    const look = (): Promise<Exchange<ShownOrderAnswer>> =>
      this.#calls.send({
        name: 'getOrder',
        title: () => `looks up order ${describeField(orderId)}`,
        endpoint: this.#offered('getOrder', this.#endpoints.getOrder),
        parameters: { orderId, userId },
        userId,
        read: this.#read.order,
      });
    const first = await look();
    return (await this.#options.lookAgain?.(orderId, first, look)) ?? first;
  }

  cancelOrder(orderId: Id, { userId }: { userId: Field }): Promise<Exchange<ShownOrderAnswer>> {
    const endpoint = this.#offered('cancelOrder', this.#endpoints.cancelOrder);
    const { body } = endpoint;
    return this.#calls.send({
      name: 'cancelOrder',
      title: () => `user ${describeField(userId)} cancels order ${describeField(orderId)}`,
      endpoint,
      parameters: { orderId, userId },
      body: requestBody(endpoint, [
        [body.userId, userId],
        [body.orderId, orderId],
      ]),
      userId,
      read: this.#read.cancelledOrder,
    });
  }

  /**
   * @param payment its amount may be left out, since the order's total is paid in any case; its `further` fields are
   *   sent as they are.
   * @param asBefore an earlier payment: an answer with exactly the same text is not read again.
   */
  pay(
    orderId: Id,
    payment: { userId: Field; amount?: Field; idempotencyKey: Field; further?: Readonly<Record<string, Json>> },
    asBefore?: Exchange<PaymentAnswer>,
  ): Promise<Exchange<PaymentAnswer>> {
    const endpoint = this.#offered('pay', this.#endpoints.pay);
    const { body } = endpoint;
    return this.#calls.send({
      name: 'pay',
      title: () =>
        `user ${describeField(payment.userId)} pays order ${describeField(orderId)}` +
        (endpoint.key ? ` with key ${describeField(payment.idempotencyKey)}` : ''),
      endpoint,
      parameters: { orderId, userId: payment.userId },
      body: requestBody(
        endpoint,
        [
          [body.userId, payment.userId],
          [body.orderId, orderId],
          [body.amount, this.#values.stated(orderId, payment)],
          [keyField(endpoint), payment.idempotencyKey],
        ],
        payment.further,
      ),
      idempotencyKey: payment.idempotencyKey,
      userId: payment.userId,
      read: this.#read.payment,
      asBefore,
    });
  }

  /** Sends any text, well-formed or not, as the body of a request. */
  sendText(
    name: 'chargeBalance' | 'createOrder' | 'cancelOrder' | 'pay',
    parameters: Readonly<Record<string, Id>>,
    body: string,
    { idempotencyKey }: { idempotencyKey?: string } = {},
  ): Promise<Exchange> {
    const { charge: chargeBalance, createdOrder: createOrder, cancelledOrder: cancelOrder, payment: pay } = this.#read;
    const endpoint = this.#offered(name, this.#endpoints[name]);
    const amount = 'amount' in endpoint.body ? valueAt(parseJson(body), endpoint.body.amount ?? '') : undefined;
    return this.#calls.send<unknown>({
      name,
      title: () => `sends ${describeField(body.length > 60 ? `${body.slice(0, 60)}…` : body)} to ${name}`,
      endpoint,
      parameters,
      asked: {
        ...parameters,
        ...(name === 'createOrder' && { totalAmount: this.#values.totalOf(body) }),
        ...(name === 'chargeBalance' && { chargedAmount: this.#values.readable(amount) }),
      },
      body,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      userId: parameters.userId,
      read: { chargeBalance, createOrder, cancelOrder, pay }[name],
    });
  }

  #offered<Form extends object>(name: CallName, endpoint: Form | NotOffered): Form {
    if (!isMissing(endpoint)) return endpoint;
    const why = `this target has no ${name}: ${endpoint.notOffered}`;
    this.#options.onNotOffered?.(why);
    throw new Error(why);
  }
}

const keyField = ({ key }: { readonly key?: KeyPlace | undefined }): string | undefined =>
  key?.in === 'body' ? key.name : undefined;

const describeLines = (items: readonly OrderLine[] = []): string =>
  items.map((line) => `${describeField(line.quantity)} × product ${describeField(line.productId)}`).join(', ') ||
  'nothing';
