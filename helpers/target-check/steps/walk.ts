import { isDeepStrictEqual } from 'node:util';
import { authenticatedApi } from '../../api/login/authenticated-api.ts';
import type { RateLimit } from '../../api/answers/rate-limit.ts';
import { catalogueFor } from '../../seeding/catalogue.ts';
import type { CallName, Exchange } from '../../api/answers/exchange.ts';
import { idFromTable, type Id } from '../../profile/ids.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import { isMissing } from '../../profile/endpoint-forms.ts';
import type { NamedReason } from '../../profile/refusal-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Transport } from '../../api/transports/transport.ts';
import { applyCorrection } from '../judge/apply-correction.ts';
import type { Answered, Facts } from './facts.ts';
import { judgeAnswer, type ExpectedAnswer } from '../judge/judge-answer.ts';
import { judgeMissingSuccess } from '../judge/judge-missing-success.ts';
import { apiFailure, type ApiFailure } from '../judge/api-failure.ts';
import type { Correction, Misfit } from '../judge/misfit.ts';
import type { RowsOfCheck } from './rows-of-check.ts';
import { SeenRefusals } from './seen-refusals.ts';
import { StepResults } from './step-results.ts';
import { Interrupted, NotApplicable, NotReached, StepFailure, StepMisfit } from './step-ends.ts';

type Send = (api: ShopApi) => Promise<Exchange>;

/** What the API has shown: the successes, and the refusals by the reason for which they were provoked. */
export interface Shown {
  readonly successes: readonly Answered[];
  readonly refusals: SeenRefusals['all'];
}

interface WalkOptions {
  readonly profile: TargetProfile;
  readonly settings: Settings & { readonly baseUrl: string };
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Counts how often the API lets requests wait. */
  readonly rateLimit: RateLimit;
  /** Called with what takes a while. */
  readonly onWait?: (what: string) => void;
}

/** Maximum number of retries of a request after its refusal has shown how to correct it. */
const maxCorrections = 4;

const withoutCorrection = ({ problem, property, suggestion }: Misfit): Misfit => ({
  problem,
  suggestion,
  ...(property && { property }),
});

/**
 * The state that the steps share: the profile with all corrections so far, so that later steps get past earlier misfits
 * and find none twice; and the facts that earlier steps have established.
 */
export class Walk {
  readonly settings: Settings & { readonly baseUrl: string };
  readonly newKey: () => string;
  /** Says what takes a while, at once. */
  readonly tell: (what: string) => void;
  #profile: TargetProfile;
  readonly #transport: Transport;
  readonly #signal: AbortSignal;
  readonly #rateLimit: RateLimit;
  readonly #facts: Partial<Facts> = {};
  #rows: RowsOfCheck | undefined;
  #step = 0;
  /** The step after which no request can succeed any more. */
  #blockedBy: number | undefined;
  #isAnswered = false;
  readonly #successes: Answered[] = [];
  readonly #refusals = new SeenRefusals();
  /** Totals of the check's orders, by id, as the tables say. */
  readonly totals = new Map<string, number>();
  /** Kept until the profile changes, together with its log-ins. */
  #current: { readonly profile: TargetProfile; readonly api: ShopApi } | undefined;
  #results = new StepResults();

  constructor({ profile, settings, transport, signal, rateLimit, onWait = () => undefined }: WalkOptions) {
    this.tell = onWait;
    this.#profile = profile;
    this.settings = settings;
    this.#transport = transport;
    this.#signal = signal;
    this.#rateLimit = rateLimit;
    this.newKey = catalogueFor(Date.now() % 2 ** 32, 'target check').idempotencyKey;
  }

  /** The profile with all corrections so far. */
  get profile(): TargetProfile {
    return this.#profile;
  }

  /** Returns what the API has shown so far. */
  get shown(): Shown {
    return { successes: this.#successes, refusals: this.#refusals.all };
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  /** Returns the check's own rows. @throws NotReached unless the tables fit the profile. */
  async rows(): Promise<RowsOfCheck> {
    if (!this.#rows) throw new NotReached('database');
    await this.#rows.useProfile(this.#profile);
    return this.#rows;
  }

  useRows(rows: RowsOfCheck): void {
    this.#rows = rows;
  }

  /** True when the check may have inserted rows. */
  get hasRows(): boolean {
    return this.#rows !== undefined;
  }

  /** Removes all rows of the check and disconnects. @returns how many there were, and how many are left. */
  async removeRows(): Promise<{ accounts: number; products: number; left: number }> {
    const rows = this.#rows;
    if (!rows) return { accounts: 0, products: 0, left: 0 };
    try {
      return await rows.removeAll();
    } finally {
      await rows.close();
    }
  }

  /** Returns a fact of an earlier step. @throws NotReached when it was not established. */
  fact<Name extends keyof Facts>(name: Name): NonNullable<Facts[Name]> {
    const fact = this.#facts[name];
    if (fact === undefined) throw new NotReached(name);
    return fact;
  }

  has(name: keyof Facts): boolean {
    return this.#facts[name] !== undefined;
  }

  establish<Name extends keyof Facts>(name: Name, fact: Facts[Name]): void {
    this.#facts[name] = fact;
  }

  /** Returns an endpoint of the target. @throws NotApplicable with the profile's reason when it lacks it. */
  endpoint<Name extends CallName>(name: Name): Exclude<TargetProfile['endpoints'][Name], { notOffered: string }> {
    const endpoint = this.#profile.endpoints[name];
    if (!isOfferedForm<TargetProfile['endpoints'][Name]>(endpoint)) {
      throw new NotApplicable(isMissing(endpoint) ? `the target has no ${name}: ${endpoint.notOffered}` : name);
    }
    return endpoint;
  }

  /** Begins a step. @returns its results, which are added while it runs. */
  begin(step: number): StepResults {
    this.#assertOngoing();
    this.#step = step;
    this.#results = new StepResults();
    return this.#results;
  }

  /** Records misfits and applies their corrections. */
  add(...misfits: readonly Misfit[]): void {
    for (const misfit of misfits) {
      this.#results.addMisfit(misfit);
      if (misfit.correction) this.#profile = applyCorrection(this.#profile, misfit.correction);
    }
  }

  /** Records a failure of the API. */
  fail(failure: ApiFailure): void {
    this.#results.failures.push(failure);
  }

  note(text: string): void {
    this.#results.notes.push(text);
  }

  /**
   * Sends one request and records its exchange. Only what the API itself has answered comes back.
   *
   * @throws StepFailure when it failed: a 5xx, a redirect, a web page, or no answer. So no step can draw a conclusion.
   * @throws NotReached when no request can succeed any more.
   */
  async send(send: Send): Promise<Answered> {
    if (this.#blockedBy !== undefined) throw new NotReached(this.#blockedBy);
    this.#assertOngoing();
    const exchange = await send(this.#api());
    this.#assertOngoing();
    this.#results.exchanges.push(exchange);
    const failure = apiFailure(exchange, { baseUrl: this.settings.baseUrl, wasAnswered: this.#isAnswered });
    this.#isAnswered ||= exchange.response !== undefined;
    // A target that has never answered will not answer later requests either.
    if (!this.#isAnswered) this.block();
    if (failure) throw new StepFailure(failure);
    if (!exchange.response) throw new StepMisfit(judgeMissingSuccess(exchange, this.#profile, this.settings));
    return { ...exchange, response: exchange.response };
  }

  /** Drops the exchanges of this step between its first and last, which suffice to show a wait. */
  keepFirstAndLastExchange(): void {
    this.#results.keepFirstAndLastExchange();
  }

  /** Notes that no request can succeed any more. */
  block(): void {
    this.#blockedBy = this.#step;
  }

  /**
   * Sends a request that must succeed; where its refusal shows how to correct it, again in that form.
   *
   * @throws StepMisfit when it succeeds in no form.
   */
  async succeed(send: Send): Promise<Answered> {
    const tried: Correction[] = [];
    for (;;) {
      const exchange = await this.send(send);
      const { response } = exchange;
      if (exchange.outcome === 'ok') {
        this.#successes.push(exchange);
        return exchange;
      }
      const misfit = judgeMissingSuccess(exchange, this.#profile, this.settings);
      if (response.status === 401) this.block();
      const { correction } = misfit;
      const isNew = correction && !tried.some((one) => isDeepStrictEqual(one, correction));
      if (!isNew || tried.length === maxCorrections) throw new StepMisfit(withoutCorrection(misfit));
      tried.push(correction);
      this.add(misfit);
    }
  }

  /** Runs a function with one more correction of the profile, which is undone afterwards. */
  async withCorrection<Result>(correction: Correction, work: () => Promise<Result>): Promise<Result> {
    const before = this.#profile;
    this.#profile = applyCorrection(before, correction);
    try {
      return await work();
    } finally {
      this.#profile = before;
    }
  }

  /** Compares a success with the profile. */
  judgeAnswer({ name, response }: Answered, expected: ExpectedAnswer): void {
    this.add(...judgeAnswer(name, response, this.#profile, expected));
  }

  /** Compares a refusal with the profile. @param reasons all reasons that are true, the provoked one first. */
  judgeRefusal(exchange: Answered, ...reasons: readonly [NamedReason, ...NamedReason[]]): void {
    this.#refusals.judge(this, exchange, reasons);
  }

  /** Converts an id to the form that it has in the target's JSON. */
  id(kind: keyof TargetProfile['ids'], id: Id): Id {
    return idFromTable(this.#profile.ids[kind], id);
  }

  #assertOngoing(): void {
    if (this.#signal.aborted) throw new Interrupted();
  }

  #api(): ShopApi {
    if (this.#current?.profile === this.#profile) return this.#current.api;
    const api = authenticatedApi({
      profile: this.#profile,
      settings: this.settings,
      transport: this.#transport,
      rateLimit: this.#rateLimit,
      database: () => this.#rows,
      totals: this.totals,
      priceOf: (productId) => this.#rows?.priceOf(productId),
      onNotOffered: (why) => {
        throw new NotApplicable(why);
      },
    });
    this.#current = { profile: this.#profile, api };
    return api;
  }
}

const isOfferedForm = <Form extends object>(endpoint: Form): endpoint is Exclude<Form, { notOffered: string }> =>
  !isMissing(endpoint);
