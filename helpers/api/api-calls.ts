import type { AnswerReader } from './answers/answers.ts';
import { classifyRefusal } from '../refusals/classify-refusal.ts';
import type { CallName, Exchange, ReceivedResponse, SentRequest } from './answers/exchange.ts';
import type { Authenticator } from './login/authenticator.ts';
import type { Credentials } from './login/sessions.ts';
import type { FixedHeaders } from './login/fixed-headers.ts';
import { fillPath } from './fill-path.ts';
import { Blocked } from '../text/blocked.ts';
import { isPerUser } from '../profile/headers.ts';
import { parseJson, type Json } from '../text/json.ts';
import { fitsInHeader } from '../profile/key-carriage.ts';
import type { Field } from '../text/json.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { describeField } from '../text/describe-field.ts';
import type { Endpoint, KeyPlace } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Transport } from './transports/transport.ts';
import { secretsIn, withoutCredentials } from './login/without-credentials.ts';

export interface ApiCallsOptions {
  readonly profile: TargetProfile;
  readonly transport: Transport;
  /** The place of the instance that requests are sent to among several of one service, where it is not the first. */
  readonly instance?: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Returns the further headers that the target demands of a request; only where it does. */
  readonly fixedHeaders?: FixedHeaders | undefined;
  /** Authenticates requests; only where the target needs it. */
  readonly authenticator?: Authenticator;
  /** Called when the target lacks a call's endpoint; may end the test as not applicable by throwing. */
  readonly onNotOffered?: (why: string) => void;
  /** Called where nothing can be sent any more; may end the test by throwing. */
  readonly onBlocked?: (error: Blocked) => void;
  /** Called with every exchange once it is over. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Wraps every call, for a report's steps. */
  readonly step?: <Result>(title: string, body: () => Promise<Result>) => Promise<Result>;
}

/** A request to an endpoint, and the reader of its answer. */
export interface Call<Answer> {
  readonly name: CallName;
  /** Called only where steps are reported. */
  readonly title: () => string;
  readonly endpoint: Endpoint & { readonly key?: KeyPlace | undefined };
  readonly parameters?: Readonly<Record<string, Field>>;
  /** Fields under the target's names, or the exact text to send. */
  readonly body?: Readonly<Record<string, Field>> | string;
  readonly idempotencyKey?: Field;
  /** The user who sends it, where the target needs authentication. */
  readonly userId?: Field;
  readonly read?: AnswerReader<Answer>;
  /** Values of the request for fields that the answer may leave out. Default: the parameters. */
  readonly asked?: Readonly<Record<string, unknown>>;
  /** An earlier exchange of the same kind: an answer with exactly the same text is not read again. */
  readonly asBefore?: Exchange<Answer> | undefined;
}

/**
 * Makes calls to a target. None throws for any answer of the target or for its absence: the exchange holds the
 * classified outcome. All throw Blocked where nothing can be sent any more.
 */
export class ApiCalls {
  readonly #options: ApiCallsOptions;
  readonly #bareHeaders: Readonly<Record<string, string>>;
  readonly #jsonHeaders: Readonly<Record<string, string>>;
  readonly #knowsSender: boolean;

  constructor(options: ApiCallsOptions) {
    this.#options = options;
    const { authentication, headers = {} } = options.profile;
    this.#knowsSender = authentication?.by === 'log-in' || Object.values(headers).some(isPerUser);
    this.#bareHeaders = { accept: 'application/json', ...options.headers };
    this.#jsonHeaders = { accept: 'application/json', 'content-type': 'application/json', ...options.headers };
  }

  /** Sends a call. @throws UserError for an id that would change the path, and whatever `onNotOffered` throws. */
  send<Answer>(call: Call<Answer>): Promise<Exchange<Answer>> {
    const { step, onExchange } = this.#options;
    if (!step && !onExchange) return this.#exchange(call);
    const exchanged = async (): Promise<Exchange<Answer>> => {
      const exchange = await this.#exchange(call);
      onExchange?.(exchange);
      return exchange;
    };
    return step ? step(this.#titleOf(call), exchanged) : exchanged();
  }

  #titleOf({ title }: Call<unknown>): string {
    const { instance } = this.#options;
    return instance === undefined ? title() : `${title()}, at instance ${instance + 1}`;
  }

  async #exchange<Answer>(call: Call<Answer>): Promise<Exchange<Answer>> {
    const request = this.#request(call);
    const { name, idempotencyKey, userId: sentBy } = call;
    const sentAtMs = performance.now();
    const { transport, authenticator, fixedHeaders, instance } = this.#options;
    const asked = {
      ...{ name, request, sentAtMs },
      ...(instance !== undefined && { instance }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(this.#knowsSender && (typeof sentBy === 'number' || typeof sentBy === 'string') && { sentBy }),
    };
    let credentials: Credentials | undefined;
    try {
      const fixed = await fixedHeaders?.(call.userId);
      credentials = await authenticator?.credentials(call.userId);
      // They are sent with the request, but never recorded, not even when the answer repeats them.
      const send = (own: Credentials | undefined): Promise<ReceivedResponse> => {
        const headers = fixed || own ? { ...this.#merged(request.headers, fixed), ...own } : undefined;
        return transport.send(headers ? { ...request, headers } : request);
      };
      let received = await send(credentials);
      const renewed = credentials && (await authenticator?.afterAnswer?.(call.userId, credentials, received));
      if (renewed) {
        credentials = renewed;
        received = await send(renewed);
      }
      const { waitedMs = 0 } = received;
      const response = withoutCredentials(received, credentials);
      // What was refused for coming too soon was not yet sent.
      const letIn = { ...asked, sentAtMs: sentAtMs + waitedMs };
      return this.#answered(call, letIn, response, performance.now() - sentAtMs - waitedMs);
    } catch (error) {
      if (error instanceof Blocked) {
        this.#options.onBlocked?.(error);
        throw error;
      }
      const message = firstLine(error instanceof Error ? error.message : String(error));
      const failure = withoutSecrets(message, secretsIn(credentials));
      return { ...asked, outcome: 'unknown', failure, durationMs: performance.now() - sentAtMs };
    }
  }

  #answered<Answer>(
    { name, endpoint, read, asBefore, parameters, asked: said = parameters }: Call<Answer>,
    asked: Pick<Exchange, 'name' | 'request' | 'idempotencyKey' | 'sentAtMs' | 'sentBy' | 'instance'>,
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
    const content = read?.(parseJson(response.body), said, response.headers);
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

  /** Returns headers with the fixed ones: what a test itself sends goes before them, and they before what is usual. */
  #merged(headers: SentRequest['headers'], fixed: SentRequest['headers'] = {}): SentRequest['headers'] {
    const own = new Set(Object.keys(this.#options.headers ?? {}).map((name) => name.toLowerCase()));
    return { ...headers, ...Object.fromEntries(Object.entries(fixed).filter(([name]) => !own.has(name))) };
  }

  #headerValue(value: Json): string {
    if (typeof value === 'string' && fitsInHeader(value)) return value;
    const why = `keys of this target travel in a header, which cannot carry ${describeField(value)}`;
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
    const path = fillPath(endpoint.path, parameters);
    const plain = body === undefined ? this.#bareHeaders : this.#jsonHeaders;
    const headers =
      key?.in === 'header' && idempotencyKey !== undefined
        ? { ...plain, [key.name]: this.#headerValue(idempotencyKey), ...this.#options.headers }
        : plain;
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return { method, path, headers, ...(text !== undefined && { body: text }) };
  }
}

const firstLine = (message: string): string => message.replace(/^apiRequestContext\.\w+: /, '').split('\n')[0] ?? '';
