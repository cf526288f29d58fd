import {
  answerReaders,
  type AnswerReader,
  type BalanceAnswer,
  type ChargeAnswer,
  type FoundOrderAnswer,
  type OrderAnswer,
  type PaymentAnswer,
  type ProductAnswer,
} from './answers.ts';
import { classifyRefusal } from './conflict.ts';
import { describeOutcome, type CallName, type Exchange, type ReceivedResponse, type SentRequest } from './exchange.ts';
import { parseJson, type Json } from './json.ts';
import type { Endpoint, TargetProfile } from './targets/target-profile.ts';
import type { Transport } from './transports/transport.ts';

/** A field of a request body: left out when `undefined`, and free to be wrong on purpose. */
export type Field = Json | undefined;

/** A value in a path. */
export type PathParameter = number | string;

/** One line of an order. */
export interface OrderLine {
  readonly productId: Field;
  readonly quantity: Field;
}

export interface ShopApiOptions {
  readonly profile: TargetProfile;
  readonly transport: Transport;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told of every exchange once it is over. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Wraps every call, for a report's steps. */
  readonly step?: <Result>(title: string, body: () => Promise<Result>) => Promise<Result>;
}

interface Call<Answer> {
  readonly name: CallName;
  /** Made only where steps are reported. */
  readonly title: () => string;
  readonly endpoint: Endpoint;
  readonly parameters?: Readonly<Record<string, PathParameter>>;
  /** Fields under the target's names, or the very text to send. */
  readonly body?: Readonly<Record<string, Field>> | string;
  readonly idempotencyKey?: Field;
  readonly read?: AnswerReader<Answer>;
  /** An earlier exchange of the same kind: an answer with the very same text is not read again. */
  readonly asBefore?: Exchange<Answer> | undefined;
}

/**
 * The target's API as typed calls. No call throws for what the target answers, or fails to answer: the exchange says
 * what came back, classified.
 */
export class ShopApi {
  readonly #options: ShopApiOptions;
  readonly #read: ReturnType<typeof answerReaders>;
  readonly #bareHeaders: Readonly<Record<string, string>>;
  readonly #jsonHeaders: Readonly<Record<string, string>>;

  constructor(options: ShopApiOptions) {
    this.#options = options;
    this.#read = answerReaders(options.profile);
    this.#bareHeaders = { accept: 'application/json', ...options.headers };
    this.#jsonHeaders = { accept: 'application/json', 'content-type': 'application/json', ...options.headers };
  }

  /** The same API with something changed, such as its transport or its headers. */
  with(changes: Partial<ShopApiOptions>): ShopApi {
    return new ShopApi({ ...this.#options, ...changes });
  }

  health(): Promise<Exchange> {
    return this.#call({
      name: 'health',
      title: () => 'asks whether the API is there',
      endpoint: this.#endpoints.health,
    });
  }

  getBalance(userId: PathParameter): Promise<Exchange<BalanceAnswer>> {
    return this.#call({
      name: 'getBalance',
      title: () => `looks up the balance of user ${shown(userId)}`,
      endpoint: this.#endpoints.getBalance,
      parameters: { userId },
      read: this.#read.balance,
    });
  }

  /** @param amount in won. */
  chargeBalance(
    userId: PathParameter,
    charge: { amount: Field; idempotencyKey: Field },
  ): Promise<Exchange<ChargeAnswer>> {
    const endpoint = this.#endpoints.chargeBalance;
    return this.#call({
      name: 'chargeBalance',
      title: () => `tops up user ${shown(userId)} by ${shown(charge.amount)} won`,
      endpoint,
      parameters: { userId },
      body: { [endpoint.body.amount]: charge.amount, ...this.#keyField(endpoint, charge.idempotencyKey) },
      idempotencyKey: charge.idempotencyKey,
      read: this.#read.charge,
    });
  }

  getProduct(productId: PathParameter): Promise<Exchange<ProductAnswer>> {
    return this.#call({
      name: 'getProduct',
      title: () => `looks up product ${shown(productId)}`,
      endpoint: this.#endpoints.getProduct,
      parameters: { productId },
      read: this.#read.product,
    });
  }

  createOrder(order: {
    userId: Field;
    items: readonly OrderLine[] | undefined;
    idempotencyKey?: Field;
  }): Promise<Exchange<OrderAnswer>> {
    const endpoint = this.#endpoints.createOrder;
    const { userId, items } = endpoint.body;
    return this.#call({
      name: 'createOrder',
      title: () => `user ${shown(order.userId)} orders ${describeLines(order.items)}`,
      endpoint,
      body: {
        [userId]: order.userId,
        [items]: this.#lines(order.items),
        ...this.#keyField(endpoint, order.idempotencyKey),
      },
      idempotencyKey: order.idempotencyKey,
      read: this.#read.createdOrder,
    });
  }

  getOrder(orderId: PathParameter): Promise<Exchange<FoundOrderAnswer>> {
    return this.#call({
      name: 'getOrder',
      title: () => `looks up order ${shown(orderId)}`,
      endpoint: this.#endpoints.getOrder,
      parameters: { orderId },
      read: this.#read.order,
    });
  }

  cancelOrder(orderId: PathParameter, { userId }: { userId: Field }): Promise<Exchange<OrderAnswer>> {
    const endpoint = this.#endpoints.cancelOrder;
    return this.#call({
      name: 'cancelOrder',
      title: () => `user ${shown(userId)} cancels order ${shown(orderId)}`,
      endpoint,
      parameters: { orderId },
      body: { [endpoint.body.userId]: userId },
      read: this.#read.cancelledOrder,
    });
  }

  /**
   * @param amount in won; may be left out, the order's total is paid in any case.
   * @param asBefore an earlier payment: an answer with the very same text is not read again.
   */
  pay(
    orderId: PathParameter,
    payment: { userId: Field; amount?: Field; idempotencyKey: Field },
    asBefore?: Exchange<PaymentAnswer>,
  ): Promise<Exchange<PaymentAnswer>> {
    const endpoint = this.#endpoints.pay;
    return this.#call({
      name: 'pay',
      title: () =>
        `user ${shown(payment.userId)} pays order ${shown(orderId)} with key ${shown(payment.idempotencyKey)}`,
      endpoint,
      parameters: { orderId },
      body: {
        [endpoint.body.userId]: payment.userId,
        [endpoint.body.amount]: payment.amount,
        ...this.#keyField(endpoint, payment.idempotencyKey),
      },
      idempotencyKey: payment.idempotencyKey,
      read: this.#read.payment,
      asBefore,
    });
  }

  /** Sends a body of any text, well-formed or not, to an endpoint. */
  sendText(
    name: 'chargeBalance' | 'createOrder' | 'cancelOrder' | 'pay',
    parameters: Readonly<Record<string, PathParameter>>,
    body: string,
  ): Promise<Exchange> {
    const { charge: chargeBalance, createdOrder: createOrder, cancelledOrder: cancelOrder, payment: pay } = this.#read;
    return this.#call<unknown>({
      name,
      title: () => `sends ${shown(body.length > 60 ? `${body.slice(0, 60)}…` : body)} to ${name}`,
      endpoint: this.#endpoints[name],
      parameters,
      body,
      read: { chargeBalance, createOrder, cancelOrder, pay }[name],
    });
  }

  get #endpoints() {
    return this.#options.profile.endpoints;
  }

  #keyField(endpoint: { readonly body: { readonly idempotencyKey: string } }, key: Field): Record<string, Field> {
    return this.#options.profile.policies.key.in === 'body' ? { [endpoint.body.idempotencyKey]: key } : {};
  }

  #lines(items: readonly OrderLine[] | undefined): Field {
    const { productId, quantity } = this.#endpoints.createOrder.body;
    return items?.map((line) => withoutAbsent({ [productId]: line.productId, [quantity]: line.quantity }));
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
    try {
      const response = await this.#options.transport.send(request);
      return this.#answered(call, asked, response, performance.now() - start);
    } catch (error) {
      const failure = firstLine(error instanceof Error ? error.message : String(error));
      return { ...asked, outcome: 'unknown', failure, durationMs: performance.now() - start };
    }
  }

  #answered<Answer>(
    { endpoint, read, asBefore }: Call<Answer>,
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
    const content = read?.(parseJson(response.body));
    if (content && 'answer' in content && response.status === endpoint.success) {
      return { ...base, outcome: 'ok', answer: content.answer };
    }
    const malformed = [
      ...(response.status === endpoint.success ? [] : [`status ${response.status} instead of ${endpoint.success}`]),
      ...(content && 'malformed' in content ? content.malformed : []),
    ];
    return {
      ...base,
      outcome: 'ok',
      ...(content && 'answer' in content && { answer: content.answer }),
      ...(malformed.length > 0 && { malformed }),
    };
  }

  #headers(body: Call<unknown>['body']): Readonly<Record<string, string>> {
    return body === undefined ? this.#bareHeaders : this.#jsonHeaders;
  }

  #request({ endpoint, parameters = {}, body, idempotencyKey }: Call<unknown>): SentRequest {
    const { key } = this.#options.profile.policies;
    const path = filledIn(endpoint.path, parameters);
    const headers =
      key.in === 'header' && typeof idempotencyKey === 'string'
        ? { ...this.#headers(body), [key.headerName]: idempotencyKey, ...this.#options.headers }
        : this.#headers(body);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return { method: endpoint.method, path, headers, ...(text !== undefined && { body: text }) };
  }
}

const placeholder = /\{(\w+)\}/g;

const filledIn = (path: string, parameters: Readonly<Record<string, PathParameter>>): string =>
  path.includes('{')
    ? path.replace(placeholder, (_, name: string) => encodeURIComponent(parameters[name] ?? ''))
    : path;

const firstLine = (message: string): string => message.replace(/^apiRequestContext\.\w+: /, '').split('\n')[0] ?? '';

const withoutAbsent = (fields: Readonly<Record<string, Field>>): Record<string, Json> => {
  const present: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) present[name] = value;
  return present;
};

const shown = (value: Field): string =>
  typeof value === 'number' ? String(value) : value === undefined ? '(none)' : JSON.stringify(value);

const describeLines = (items: readonly OrderLine[] = []): string =>
  items.map((line) => `${shown(line.quantity)} × product ${shown(line.productId)}`).join(', ') || 'nothing';

/** The content of an answer that the caller cannot go on without. @throws Error that shows what came instead. */
export function contentOf<Answer>(exchange: Exchange<Answer>): Answer {
  if (exchange.answer !== undefined && !exchange.malformed) return exchange.answer;
  const { request, response, malformed } = exchange;
  throw new Error(
    [
      `${request.method} ${request.path} was to succeed, but: ${describeOutcome(exchange)}`,
      ...(malformed ?? []),
      ...(response?.body ? [response.body] : []),
    ].join('\n'),
  );
}
