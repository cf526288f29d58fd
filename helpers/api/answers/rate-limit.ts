import { setTimeout as delay } from 'node:timers/promises';
import { statusesOf } from '../../profile/refusal-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Settings } from '../../settings/settings.ts';
import { Blocked } from '../../text/blocked.ts';
import type { ReceivedResponse, SentRequest } from './exchange.ts';
import type { Transport } from '../transports/transport.ts';

/** Where an API answers 429 and does not say when to come again. */
const usualWaitMs = 1000;
const maxUsualWaitMs = 5000;
/** Requests that were refused together do not come again together. */
const maxSpreadMs = 200;

const tooManyRequests = 429;

interface RateLimitOptions {
  /** Maximum time that one request waits in total, in milliseconds. */
  readonly maxWaitMs: number;
  /** Statuses that the target promises for refusals: where 429 is one of them, it is an answer like any other. */
  readonly promisedStatuses?: readonly number[];
  /** Called before every wait, with its length in milliseconds. */
  readonly onWait?: (ms: number) => void;
}

/** The API lets in fewer requests than are sent, and asks to wait for longer than may be waited. */
export class TooManyRequests extends Blocked {}

/** Waits where the API answers 429, as it asks, and counts. Such an answer is no answer to what was asked. */
export class RateLimit {
  waits = 0;
  waitedMs = 0;
  readonly #options: RateLimitOptions;

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /**
   * Returns a transport whose requests wait and are sent again; its answers say for how long.
   *
   * @throws TooManyRequests by its requests, once one would have to wait for too long.
   */
  around(transport: Transport): Transport {
    return { send: (request) => this.#send(transport, request) };
  }

  async #send(transport: Transport, request: SentRequest): Promise<ReceivedResponse> {
    let waitedMs = 0;
    for (let tried = 1; ; tried += 1) {
      const response = await transport.send(request);
      if (response.status !== tooManyRequests || this.#options.promisedStatuses?.includes(tooManyRequests)) {
        if (waitedMs === 0) return response;
        return { status: response.status, headers: response.headers, body: response.body, waitedMs };
      }
      const startedMs = performance.now();
      await this.#wait(response, request, { tried, waitedMs });
      waitedMs += performance.now() - startedMs;
    }
  }

  async #wait(
    response: ReceivedResponse,
    { method, path }: SentRequest,
    { tried, waitedMs }: { readonly tried: number; readonly waitedMs: number },
  ): Promise<void> {
    const { maxWaitMs, onWait } = this.#options;
    const asked = retryAfterMs(response.headers);
    const waitMs = asked ?? Math.min(usualWaitMs * tried, maxUsualWaitMs);
    if (waitedMs + waitMs > maxWaitMs) {
      throw new TooManyRequests(
        `The API answers 429 to ${method} ${path}: it lets in fewer requests than the run sends` +
          (asked === undefined ? '' : `, and asks to come again in ${Math.ceil(asked / 1000)} s`) +
          `. Raise its limit for the run, lower WORKERS or the load, or raise RATE_LIMIT_WAIT_MS (${maxWaitMs}), the ` +
          'longest wait of a request.',
      );
    }
    this.waits += 1;
    this.waitedMs += waitMs;
    onWait?.(waitMs + maxSpreadMs);
    await delay(waitMs + Math.random() * maxSpreadMs);
  }
}

/** Returns for how long an answer asks to wait, in milliseconds: `Retry-After`, in seconds or as a date. */
export function retryAfterMs(headers: ReceivedResponse['headers']): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  // By the clock of the API, which may be another one than this machine's.
  const said = Date.parse(headers.date ?? '');
  return Math.max(0, at - (Number.isNaN(said) ? Date.now() : said));
}

/**
 * Returns what waits where a target answers 429, for as long as the settings let a request wait.
 *
 * @param onWait called before every wait, with its length in milliseconds.
 */
export const rateLimitOf = (
  { rateLimitWaitMs }: Pick<Settings, 'rateLimitWaitMs'>,
  { refusals }: Pick<TargetProfile, 'refusals'>,
  onWait?: (ms: number) => void,
): RateLimit =>
  new RateLimit({
    maxWaitMs: rateLimitWaitMs,
    promisedStatuses: Object.values(refusals).flatMap((form) => statusesOf(form)),
    ...(onWait && { onWait }),
  });
