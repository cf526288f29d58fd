import type { Id } from '../../profile/ids.ts';
import type { Deviation } from '../../findings/deviations/deviation.ts';
import type { Exchange } from '../../api/answers/exchange.ts';
import type { Outages } from '../crashes/outages.ts';
import { BrokenPromises } from './broken-promises.ts';
import { causeOf } from './cause-of.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { CounterName } from '../../settings/load/metrics.ts';
import { noCounters, type Cause, type Counters, type PartMoment } from './load-part.ts';
import { joined } from './moments.ts';
import type { Sample } from './sample.ts';

/** User, product and amount of a request. */
export interface Concerned {
  readonly userId: Id;
  readonly productId: Id;
  /** Won. */
  readonly amount: number;
  /** The order that is paid. */
  readonly orderId?: Id;
}

type Stage = Cause['stage'];

/** The name of what failures that the run has forced have left open, among the refusals of a moment. */
const leftOpen = 'left open by an outage';

const subjectsOf = ({ userId, productId, orderId }: Concerned): string[] => [
  `user ${userId}`,
  `product ${productId}`,
  ...(orderId === undefined ? [] : [`order ${orderId}`]),
];

const maxMoments = 300;
const halfAMomentMs = 500;
const maxCauses = 50;
const maxSampleLength = 600;
const maxKeyLength = 300;
const maxExceptionLength = 2000;

/**
 * Measurements of one part of a run, in a size that does not grow with its length: counters, histograms, causes with
 * one sample each, and at most 300 moments, which become longer instead of more.
 */
export class Measurements {
  readonly counters: Counters = noCounters();
  readonly durations = new LatencyHistogram(3);
  readonly causes = new Map<string, Cause>();
  readonly broken = new BrokenPromises();
  /** Iterations that ended with an exception, with the first of them; the sample is empty where there was none. */
  readonly exceptions = { count: 0, sample: '' };
  readonly moments: PartMoment[] = [];
  momentMs = 1000;
  /** When the last answer came, in milliseconds since the epoch. */
  lastAnsweredMs: number | undefined;
  readonly #onNewCause: (cause: Cause) => void;
  readonly #outages: Outages | undefined;
  readonly #ofMoment = { iterations: 0, requests: 0, failed: 0, refusals: new Map<string, number>() };
  readonly #durationsOfMoment = new LatencyHistogram(2);
  #startOfMoment = Date.now();

  /**
   * @param onNewCause told of the first refusal for each cause.
   * @param outages the failures that the run forces, if it forces any.
   */
  constructor(onNewCause: (cause: Cause) => void, outages?: Outages) {
    this.#onNewCause = onNewCause;
    this.#outages = outages;
  }

  /** Lets the first moment begin now, and not when there was still something to be prepared. */
  begin(): void {
    this.#startOfMoment = Date.now();
  }

  add(name: CounterName, amount = 1): void {
    this.counters[name] += amount;
    if (name === 'iterations') this.#ofMoment.iterations += amount;
  }

  /**
   * Counts a request: its duration if it succeeded, its cause if not. One that failed for a failure of the run's own
   * counts for nothing else, and how long one took that met it says nothing of the target.
   */
  request(stage: Stage, exchange: Exchange, concerned: Concerned): void {
    const isTouched = this.#outages?.touches(exchange) ?? false;
    if (this.#outages && isTouched) {
      const isExplained = this.#outages.explains(exchange);
      this.#outages.note(exchange, subjectsOf(concerned));
      if (isExplained) {
        this.counters.forced_failures += 1;
        this.#refusedInMoment(`${stage} ${leftOpen}`);
        return;
      }
    }
    this.counters.http_reqs += 1;
    this.#ofMoment.requests += 1;
    if (exchange.outcome !== 'unknown') this.lastAnsweredMs = Date.now();
    if (exchange.outcome === 'ok') {
      if (!isTouched) this.durations.record(exchange.durationMs);
      this.#durationsOfMoment.record(exchange.durationMs);
      return;
    }
    this.counters.http_req_failed += 1;
    this.#ofMoment.failed += 1;
    if (exchange.outcome === 'unknown') this.counters.answers_lost += 1;
    this.#refused(stage, exchange, concerned);
  }

  /** Notes an answer that breaks a promise. @param counted what it is a wrong answer to. */
  breaks(
    counted: Extract<CounterName, 'orders_wrong' | 'idempotency_verification_failure'>,
    { deviation, promise }: { readonly deviation: Deviation; readonly promise: string },
    ...exchanges: readonly Exchange[]
  ): void {
    this.add(counted);
    this.broken.add(deviation, promise, exchanges);
  }

  /** Counts that a request had to wait, since the API let in no more. @param ms how long. */
  waited(ms: number): void {
    this.add('rate_limit_waits');
    this.add('rate_limit_waited_ms', Math.round(ms));
  }

  /** Counts an iteration that ended with an exception: a failed one. */
  threw(error: unknown): void {
    this.add('iterations');
    this.add('iterations_failed');
    this.exceptions.count += 1;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.exceptions.sample ||= text.slice(0, maxExceptionLength);
  }

  /** Ends the moment that is under way. @returns what it was, with the 95th percentile of its durations in ms. */
  endMoment(vus: number, sample: Sample): PartMoment & { readonly p95: number | undefined } {
    const { iterations, requests, failed, refusals } = this.#ofMoment;
    const moment: PartMoment = {
      startMs: this.#startOfMoment,
      vus,
      iterations,
      requests,
      failed,
      durations: this.#durationsOfMoment.encode(),
      refusals: Object.fromEntries(refusals),
      ...sample,
    };
    const last = this.moments.at(-1);
    // The last one is hardly ever whole; by itself it would look like a drop.
    const isWhole = Date.now() - moment.startMs >= halfAMomentMs;
    if (last && (!isWhole || moment.startMs - last.startMs < this.momentMs - halfAMomentMs)) {
      this.moments[this.moments.length - 1] = joined(last, moment);
    } else {
      this.moments.push(moment);
    }
    if (this.moments.length > maxMoments) this.#lengthenMoments();
    Object.assign(this.#ofMoment, { iterations: 0, requests: 0, failed: 0 });
    refusals.clear();
    const p95 = this.#durationsOfMoment.percentile(95);
    this.#durationsOfMoment.reset();
    this.#startOfMoment = Date.now();
    return { ...moment, p95 };
  }

  #lengthenMoments(): void {
    this.momentMs *= 2;
    const all = this.moments.splice(0);
    for (let index = 0; index < all.length; index += 2) {
      const [first, second] = all.slice(index, index + 2);
      if (first) this.moments.push(second ? joined(first, second) : first);
    }
  }

  #refusedInMoment(name: string): void {
    this.#ofMoment.refusals.set(name, (this.#ofMoment.refusals.get(name) ?? 0) + 1);
  }

  #refused(stage: Stage, exchange: Exchange, { userId, productId, amount }: Concerned): void {
    const { refusal, response, failure } = exchange;
    const reason = causeOf(exchange);
    const ofMoment = `${stage} ${reason}`;
    this.#refusedInMoment(ofMoment);
    // What a target puts into codes is its own affair, but must not fill the memory.
    const key = `${ofMoment} ${refusal ? `${refusal.status} ${refusal.code ?? ''}` : (failure ?? '')}`.slice(
      0,
      maxKeyLength,
    );
    const known = this.causes.get(key) ?? (this.causes.size >= maxCauses ? this.causes.get(ofMoment) : undefined);
    const now = Date.now();
    if (known) {
      known.count += 1;
      known.lastMs = now;
      return;
    }
    const cause: Cause = {
      stage,
      reason,
      ...(refusal && { status: refusal.status }),
      ...(refusal?.code !== undefined && { code: refusal.code.slice(0, 100) }),
      count: 1,
      firstMs: now,
      lastMs: now,
      request: `${exchange.request.method} ${exchange.request.path} ${exchange.request.body ?? ''}`.slice(
        0,
        maxSampleLength,
      ),
      sample: (response?.body ?? failure ?? 'lost').slice(0, maxSampleLength),
      userId,
      productId,
      amount,
    };
    this.causes.set(this.causes.size >= maxCauses ? ofMoment : key, cause);
    this.#onNewCause(cause);
  }
}
