import { randomUUID } from 'node:crypto';
import {
  answerReaders,
  type AnswerReader,
  type BalanceAnswer,
  type ChargeAnswer,
  type OrderAnswer,
  type PaymentAnswer,
  type ProductAnswer,
  type ShownOrderAnswer,
} from './answers.ts';
import { classifyRefusal } from './conflict.ts';
import {
  describeOutcome,
  longestShown,
  shownBody,
  type CallName,
  type Exchange,
  type ReceivedResponse,
  type SentRequest,
} from './exchange.ts';
import type { Id } from './ids.ts';
import { parseJson, valueAt, type Json } from './json.ts';
import { fitsInHeader } from './key-carriage.ts';
import { moneyCodec, type MoneyCodec } from './money-codec.ts';
import { isPathSegment } from './path-segment.ts';
import { printable } from './load/report/printable.ts';
import { namedFields, requestBody, type Field } from './request-body.ts';
import { withoutSecrets } from './secrets.ts';
import {
  isMissing,
  type Endpoint,
  type Endpoints,
  type KeyPlace,
  type NotOffered,
} from './target-profile/endpoint-forms.ts';
import type { TargetProfile } from './target-profile/target-profile.ts';
import type { Transport } from './transports/transport.ts';
import { UserError } from './user-error.ts';
import { secretsIn, withoutCredentials } from './without-credentials.ts';

/** A value in a path. */
export type PathParameter = Id;

/** One line of an order; its `further` fields are sent as they are. */
export interface OrderLine {
  readonly productId: Field;
  readonly quantity: Field;
  readonly further?: Readonly<Record<string, Json>>;
}

export interface ShopApiOptions {
  readonly profile: TargetProfile;
  readonly transport: Transport;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Proves who sends a request, with headers; only where the target asks for that. */
  readonly authenticate?: (userId: Field) => Promise<Readonly<Record<string, string>>>;
  /** Told when a call has no endpoint to go to; may end the test as not applicable by throwing. */
  readonly onNotOffered?: (why: string) => void;
  /** Told of a top-up before it is sent; what it returns is told of the answer. */
  readonly onCharge?: (charge: {
    userId: PathParameter;
    amount: Field;
    idempotencyKey: Field;
  }) => ((exchange: Exchange) => void) | undefined;
  /** Told of every exchange once it is over. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Wraps every call, for a report's steps. */
  readonly step?: <Result>(title: string, body: () => Promise<Result>) => Promise<Result>;
}

interface Call<Answer> {
  readonly name: CallName;
  /** Made only where steps are reported. */
  readonly title: () => string;
  readonly endpoint: Endpoint & { readonly key?: KeyPlace | undefined };
  readonly parameters?: Readonly<Record<string, Field>>;
  /** Fields under the target's names, or the very text to send. */
  readonly body?: Readonly<Record<string, Field>> | string;
  readonly idempotencyKey?: Field;
  /** Who sends it, where the target asks for that. */
  readonly userId?: Field;
  readonly read?: AnswerReader<Answer>;
  /** What the request says of fields that the answer may leave out. Default: the parameters. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** An earlier exchange of the same kind: an answer with the very same text is not read again. */
  readonly asBefore?: Exchange<Answer> | undefined;
}

/**
 * The target's API as typed calls. No call throws for what the target answers, or fails to answer: the exchange says
 * what came back, classified. All amounts in the smallest unit.
 *
 * @throws NotOffered by every call whose endpoint the profile declares missing, unless `onNotOffered` does otherwise.
 */
export class ShopApi {
  readonly #options: ShopApiOptions;
  readonly #endpoints: Endpoints;
  readonly #read: ReturnType<typeof answerReaders>;
  readonly #money: MoneyCodec;
  readonly #bareHeaders: Readonly<Record<string, string>>;
  readonly #jsonHeaders: Readonly<Record<string, string>>;

  constructor(options: ShopApiOptions) {
    this.#options = options;
    this.#endpoints = options.profile.endpoints;
    this.#read = answerReaders(options.profile);
    this.#money = moneyCodec(options.profile.money);
    this.#bareHeaders = { accept: 'application/json', ...options.headers };
    this.#jsonHeaders = { accept: 'application/json', 'content-type': 'application/json', ...options.headers };
  }

  /** The same API with something changed, such as its transport or its headers. */
  with(changes: Partial<ShopApiOptions>): ShopApi {
    return new ShopApi({ ...this.#options, ...changes });
  }

  /** Whether the target has a call. */
  offers(name: keyof Endpoints): boolean {
    return !isMissing(this.#endpoints[name]);
  }

  health(): Promise<Exchange> {
    return this.#call({
      name: 'health',
      title: () => 'asks whether the API is there',
      endpoint: this.#offered('health', this.#endpoints.health),
    });
  }

  getBalance(userId: PathParameter): Promise<Exchange<BalanceAnswer>> {
    return this.#call({
      name: 'getBalance',
      title: () => `looks up the balance of user ${shown(userId)}`,
      endpoint: this.#offered('getBalance', this.#endpoints.getBalance),
      parameters: { userId },
      userId,
      read: this.#read.balance,
    });
  }

  async chargeBalance(
    userId: PathParameter,
    charge: { amount: Field; idempotencyKey: Field },
  ): Promise<Exchange<ChargeAnswer>> {
    const endpoint = this.#offered('chargeBalance', this.#endpoints.chargeBalance);
    const { body } = endpoint;
    const onAnswer = this.#options.onCharge?.({ userId, ...charge });
    const exchange = await this.#call({
      name: 'chargeBalance',
      title: () => `tops up user ${shown(userId)} by ${shown(charge.amount)} won`,
      endpoint,
      parameters: { userId },
      body: requestBody(endpoint, [
        [body.userId, userId],
        [body.amount, this.#amount(charge.amount)],
        [keyField(endpoint), charge.idempotencyKey],
      ]),
      idempotencyKey: charge.idempotencyKey,
      userId,
      read: this.#read.charge,
      asked: { userId, chargedAmount: this.#amount(charge.amount) },
    });
    onAnswer?.(exchange);
    return exchange;
  }

  getProduct(productId: PathParameter): Promise<Exchange<ProductAnswer>> {
    return this.#call({
      name: 'getProduct',
      title: () => `looks up product ${shown(productId)}`,
      endpoint: this.#offered('getProduct', this.#endpoints.getProduct),
      parameters: { productId },
      read: this.#read.product,
    });
  }

  /**
   * @param order its `further` fields, and those of its lines, are sent as they are. Where it names no key at all, not
   *   even `undefined`, and the target demands one, it gets one of its own.
   */
  createOrder(order: {
    userId: Field;
    items: readonly OrderLine[] | undefined;
    idempotencyKey?: Field;
    further?: Readonly<Record<string, Json>>;
  }): Promise<Exchange<OrderAnswer>> {
    const endpoint = this.#endpoints.createOrder;
    const { body } = endpoint;
    const lines = this.#lines(order.items);
    const idempotencyKey = 'idempotencyKey' in order ? order.idempotencyKey : this.#keyOnDemand();
    return this.#call({
      name: 'createOrder',
      title: () => `user ${shown(order.userId)} orders ${describeLines(order.items)}`,
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
    });
  }

  /** @param userId whose it is, for targets that tell only the owner. */
  getOrder(orderId: PathParameter, { userId }: { userId?: Field } = {}): Promise<Exchange<ShownOrderAnswer>> {
    return this.#call({
      name: 'getOrder',
      title: () => `looks up order ${shown(orderId)}`,
      endpoint: this.#offered('getOrder', this.#endpoints.getOrder),
      parameters: { orderId, userId },
      userId,
      read: this.#read.order,
    });
  }

  cancelOrder(orderId: PathParameter, { userId }: { userId: Field }): Promise<Exchange<ShownOrderAnswer>> {
    const endpoint = this.#offered('cancelOrder', this.#endpoints.cancelOrder);
    const { body } = endpoint;
    return this.#call({
      name: 'cancelOrder',
      title: () => `user ${shown(userId)} cancels order ${shown(orderId)}`,
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
   * @param amount may be left out, the order's total is paid in any case.
   * @param asBefore an earlier payment: an answer with the very same text is not read again.
   */
  pay(
    orderId: PathParameter,
    payment: { userId: Field; amount?: Field; idempotencyKey: Field },
    asBefore?: Exchange<PaymentAnswer>,
  ): Promise<Exchange<PaymentAnswer>> {
    const endpoint = this.#endpoints.pay;
    const { body } = endpoint;
    return this.#call({
      name: 'pay',
      title: () =>
        `user ${shown(payment.userId)} pays order ${shown(orderId)} with key ${shown(payment.idempotencyKey)}`,
      endpoint,
      parameters: { orderId, userId: payment.userId },
      body: requestBody(endpoint, [
        [body.userId, payment.userId],
        [body.orderId, orderId],
        [body.amount, this.#amount(payment.amount)],
        [keyField(endpoint), payment.idempotencyKey],
      ]),
      idempotencyKey: payment.idempotencyKey,
      userId: payment.userId,
      read: this.#read.payment,
      asBefore,
    });
  }

  /** Sends a body of any text, well-formed or not, to an endpoint. */
  sendText(
    name: 'chargeBalance' | 'createOrder' | 'cancelOrder' | 'pay',
    parameters: Readonly<Record<string, PathParameter>>,
    body: string,
    { idempotencyKey }: { idempotencyKey?: string } = {},
  ): Promise<Exchange> {
    const { charge: chargeBalance, createdOrder: createOrder, cancelledOrder: cancelOrder, payment: pay } = this.#read;
    const endpoint = this.#offered(name, this.#endpoints[name]);
    const amount = 'amount' in endpoint.body ? valueAt(parseJson(body), endpoint.body.amount ?? '') : undefined;
    return this.#call<unknown>({
      name,
      title: () => `sends ${shown(body.length > 60 ? `${body.slice(0, 60)}…` : body)} to ${name}`,
      endpoint,
      parameters,
      asked: { ...parameters, ...(name === 'chargeBalance' && { chargedAmount: amount }) },
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

  /** An amount in the target's form, a wrong one too; what is no number at all is sent as it is. */
  #amount(amount: Field): Field {
    return typeof amount === 'number' ? this.#money.toJson(amount) : amount;
  }

  #keyOnDemand(): string | undefined {
    return this.#options.profile.policies.key.requiredFor.includes('createOrder') ? randomUUID() : undefined;
  }

  #lines(items: readonly OrderLine[] | undefined): Record<string, Json>[] | undefined {
    const endpoint = this.#endpoints.createOrder;
    const { productId, quantity, items: list } = endpoint.body;
    if (list === undefined && items !== undefined && items.length > 1) {
      this.#options.onNotOffered?.('an order of this target has a single line');
    }
    return items?.map((line) => ({
      ...namedFields([
        [productId, line.productId],
        [quantity, line.quantity],
      ]),
      ...line.further,
    }));
  }

  #call<Answer>(call: Call<Answer>): Promise<Exchange<Answer>> {
    const { step, onExchange } = this.#options;
    if (!step && !onExchange) return this.#exchange(call);
    const exchanged = async (): Promise<Exchange<Answer>> => {
      const exchange = await this.#exchange(call);
      onExchange?.(exchange);
      return exchange;
    };
    return step ? step(call.title(), exchanged) : exchanged();
  }

  async #exchange<Answer>(call: Call<Answer>): Promise<Exchange<Answer>> {
    const request = this.#request(call);
    const { name, idempotencyKey } = call;
    const asked = { name, request, ...(idempotencyKey !== undefined && { idempotencyKey }) };
    const start = performance.now();
    const { transport, authenticate } = this.#options;
    let credentials: Readonly<Record<string, string>> | undefined;
    try {
      credentials = await authenticate?.(call.userId);
      // They go out with the request, but are no part of what is recorded of it, even if they come back.
      const sent = credentials ? { ...request, headers: { ...request.headers, ...credentials } } : request;
      const response = withoutCredentials(await transport.send(sent), credentials);
      return this.#answered(call, asked, response, performance.now() - start);
    } catch (error) {
      const message = firstLine(error instanceof Error ? error.message : String(error));
      const failure = withoutSecrets(message, secretsIn(credentials));
      return { ...asked, outcome: 'unknown', failure, durationMs: performance.now() - start };
    }
  }

  #answered<Answer>(
    { name, endpoint, read, asBefore, parameters, asked: said = parameters }: Call<Answer>,
    asked: Pick<Exchange, 'name' | 'request' | 'idempotencyKey'>,
    response: ReceivedResponse,
    durationMs: number,
  ): Exchange<Answer> {
    const base = { ...asked, response, durationMs };
    if (asBefore?.answer !== undefined && !asBefore.malformed && asBefore.response?.body === response.body) {
      if (response.status === asBefore.response.status) return { ...base, outcome: 'ok', answer: asBefore.answer };
    }
    if (response.status < 200 || response.status > 299) {
      return {
        ...base,
        outcome: 'refused',
        refusal: classifyRefusal(this.#options.profile, response.status, response.body),
      };
    }
    const content = read?.(parseJson(response.body), said);
    const hasStatus = response.status === endpoint.success || response.status === this.#replayStatus(name);
    if (content && 'answer' in content && hasStatus) return { ...base, outcome: 'ok', answer: content.answer };
    const malformed = [
      ...(hasStatus ? [] : [`status ${response.status} instead of ${endpoint.success}`]),
      ...(content && 'malformed' in content ? content.malformed : []),
    ];
    return {
      ...base,
      outcome: 'ok',
      ...(content && 'answer' in content && { answer: content.answer }),
      ...(malformed.length > 0 && { malformed }),
    };
  }

  #headerValue(value: Json): string {
    if (typeof value === 'string' && fitsInHeader(value)) return value;
    const why = `keys of this target travel in a header, which cannot carry ${shown(value)}`;
    this.#options.onNotOffered?.(why);
    throw new Error(why);
  }

  #replayStatus(name: CallName): number | undefined {
    const { paymentStatus, orderStatus, chargeStatus } = this.#options.profile.policies.replay;
    if (name === 'pay') return paymentStatus;
    if (name === 'createOrder') return orderStatus;
    return name === 'chargeBalance' ? chargeStatus : undefined;
  }

  #request({ endpoint, parameters = {}, body, idempotencyKey }: Call<unknown>): SentRequest {
    const { key, method } = endpoint;
    const path = filledIn(endpoint.path, parameters);
    const plain = body === undefined ? this.#bareHeaders : this.#jsonHeaders;
    const headers =
      key?.in === 'header' && idempotencyKey !== undefined
        ? { ...plain, [key.name]: this.#headerValue(idempotencyKey), ...this.#options.headers }
        : plain;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return { method, path, headers, ...(text !== undefined && { body: text }) };
  }
}

const keyField = ({ key }: { readonly key?: KeyPlace | undefined }): string | undefined =>
  key?.in === 'body' ? key.name : undefined;

const placeholder = /\{(\w+)\}/g;

const filledIn = (path: string, parameters: Readonly<Record<string, Field>>): string =>
  path.includes('{') ? path.replace(placeholder, (_, name: string) => segmentOf(parameters[name])) : path;

const textOf = (value: Field): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** @throws UserError for what would change the path: it is not sent. */
const segmentOf = (value: Field): string => {
  const text = textOf(value);
  if (text === '' || isPathSegment(text)) return encodeURIComponent(text);
  throw new UserError(
    `The id ${shownBody(JSON.stringify(text), 100)} would change the path of the request, which was therefore not sent.`,
  );
};

const firstLine = (message: string): string => message.replace(/^apiRequestContext\.\w+: /, '').split('\n')[0] ?? '';

const shown = (value: Field): string =>
  typeof value === 'number' ? String(value) : value === undefined ? '(none)' : printable(JSON.stringify(value));

const describeLines = (items: readonly OrderLine[] = []): string =>
  items.map((line) => `${shown(line.quantity)} × product ${shown(line.productId)}`).join(', ') || 'nothing';

/** The content of an answer that the caller cannot go on without. @throws UserError that shows what came instead. */
export function contentOf<Answer>(exchange: Exchange<Answer>): Answer {
  if (exchange.answer !== undefined && !exchange.malformed) return exchange.answer;
  const { request, response, malformed } = exchange;
  throw new UserError(
    [
      `${request.method} ${request.path} was to succeed, but: ${describeOutcome(exchange)}`,
      ...(malformed ?? []),
      ...(response?.body ? [shownBody(response.body, longestShown.inError)] : []),
    ].join('\n'),
  );
}
