import { stripVTControlCharacters } from 'node:util';
import { describeAnswer, type CallName, type Exchange } from '../../api/answers/exchange.ts';
import { unexpectedAnswerText } from '../../api/answers/require-answer.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { callIn } from '../kinds/call-in.ts';
import { callWords, isChanging } from '../kinds/call-words.ts';
import { circumstanceOf } from '../kinds/circumstance-of.ts';
import type { Circumstance } from '../kinds/circumstances.ts';
import { isCause, withoutUnreadable, worstFirst } from './breaches-of-test.ts';
import { deviationOfExchange } from './deviation-of-exchange.ts';
import { deviationOfLedger } from './deviation-of-ledger.ts';
import type { Deviation } from './deviation.ts';
import type { FailedMatcher } from './expectation.ts';
import { causeInError, kindOfError, lookAt } from '../kinds/kind-of-error.ts';
import type { Kind } from '../kinds/kinds.ts';
import { subjectOfError } from '../kinds/subject-of-error.ts';
import { shownOtherwise } from './shown-otherwise.ts';
import { isWrongAnswer } from './wrong-answers.ts';
import { startUpper } from '../../text/words/start-upper.ts';
import { plainDifference } from './plain-difference.ts';
import { assertionInWords } from './assertion-in-words.ts';
import type { ApiPromise } from '../promises/api-promise.ts';
import { familyOfPromise } from '../promises.ts';
import { signatureText } from '../grouping/signature.ts';

/** What is wrong, and whose doing it is. */
export interface FoundProblem {
  readonly kind: Kind;
  readonly call: CallName;
  readonly sentence: string;
  /** Default: the circumstance that the test is about. */
  readonly circumstance?: Circumstance;
}

/** Everything that a test saw, when it has ended. */
export interface TestEvidence {
  readonly profile: TargetProfile;
  /** What the test holds the target to; undefined for a test that names nothing. */
  readonly promise: (ApiPromise & { readonly id: string }) | undefined;
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  /** The texts of its errors, the first one first. */
  readonly errors: readonly string[];
  /** Returns the matcher whose failure an error is. */
  readonly failedMatcher: (error: string) => FailedMatcher | undefined;
  /** The tables after it. */
  readonly tables?: LedgerSnapshot;
  /** What is wrong in the tables. */
  readonly breaches: readonly LedgerBreach[];
  /** What was found wrong beside. */
  readonly problems: readonly FoundProblem[];
}

const isServerError = ({ refusal }: Exchange): boolean => refusal?.reason === 'server-error';

/** Returns the exchange that broke a promise: one whose answer was lost on purpose did not, where another is wrong. */
const culpritAmong = (received: readonly Exchange[]): Exchange | undefined =>
  received.find(isServerError) ??
  received.find(({ outcome }) => outcome === 'refused') ??
  received.find(({ malformed }) => malformed !== undefined) ??
  received.find(({ outcome }) => outcome === 'unknown') ??
  received[0];

/** They may be the doing of a call that changes nothing. */
const ofViews: readonly Kind[] = [
  ...(['stale-view', 'wrong-content', 'shown-to-a-stranger', 'malformed-answer', 'wrong-status'] as const),
  ...(['no-answer', 'server-error'] as const),
];

class Deviations {
  readonly #evidence: TestEvidence;
  readonly #circumstance: Circumstance;

  constructor(evidence: TestEvidence) {
    this.#evidence = evidence;
    this.#circumstance = evidence.promise?.circumstance ?? 'once';
  }

  /** Returns server errors, and answers in another form than promised: whatever else a test looks for. */
  ofAnswers(): Deviation[] {
    const { exchanges } = this.#evidence;
    return exchanges.filter(isWrongAnswer).map((exchange) =>
      this.#ofExchange(exchange, {
        expectation: { of: 'success' },
        expected: isServerError(exchange) ? 'an answer' : 'an answer in form',
        problems: exchange.malformed ?? [],
      }),
    );
  }

  /** Returns the breach that an error tells of an answer; undefined for any other error. */
  ofError(error: string): Deviation | undefined {
    const unanswered = this.#ofTimeOut(error);
    if (unanswered) return unanswered;
    const matcher = this.#evidence.failedMatcher(error);
    if (matcher) return this.#ofMatcher(matcher);
    const refused = this.#evidence.exchanges.find((exchange) => error.includes(unexpectedAnswerText(exchange)));
    if (refused) {
      const problems = refused.malformed ?? [];
      return this.#ofExchange(refused, { expectation: { of: 'success' }, expected: 'success', problems });
    }
    return undefined;
  }

  /** Returns the breach where the time of a test was over while it waited for an answer. */
  #ofTimeOut(error: string): Deviation | undefined {
    const [, ms] = /^Test timeout of (\d+)ms exceeded/.exec(stripVTControlCharacters(error)) ?? [];
    const last = this.#evidence.exchanges.at(-1);
    // One that was lost on purpose was not waited for.
    if (ms === undefined || last?.outcome !== 'unknown' || !/disposed|timed out/.test(last.failure ?? ''))
      return undefined;
    const expected = `an answer before the ${Number(ms) / 1000} s of the scenario are over`;
    return this.#ofExchange(last, { expectation: { of: 'success' }, expected, problems: [] });
  }

  ofBreach(breach: LedgerBreach): Deviation {
    const { profile, exchanges } = this.#evidence;
    const isShown = this.#circumstance === 'boundary' || this.#circumstance === 'after-crash';
    const simplest = isShown ? this.#circumstance : 'once';
    return deviationOfLedger(profile, breach, this.#evidence.breaches, exchanges, simplest);
  }

  ofProblem({ kind, call, sentence, circumstance = this.#circumstance }: FoundProblem): Deviation {
    return { kind, call, ...this.#told(`${sentence}.`), circumstance };
  }

  #ofMatcher({ expectation, expected, received, problems }: FailedMatcher): Deviation {
    const [first] = received;
    const culprit = expectation.of === 'refusal' ? first : culpritAmong(received);
    if (!culprit) return this.ofPlainError(expected);
    if (expectation.of !== 'count') return this.#ofExchange(culprit, { expectation, expected, problems });
    return this.#ofCount(received, expectation, expected, problems);
  }

  #ofCount(
    received: readonly Exchange[],
    expectation: Extract<FailedMatcher['expectation'], { of: 'count' }>,
    expected: string,
    problems: readonly string[],
  ): Deviation {
    const { exchanges } = this.#evidence;
    const ok = received.filter(({ outcome }) => outcome === 'ok').length;
    const odd = received.find(
      (one) => isServerError(one) || one.outcome === 'unknown' || (one.outcome === 'refused' && ok < expectation.ok),
    );
    if (odd) return this.#ofExchange(odd, { expectation: { of: 'success' }, expected, problems });
    const [first] = received;
    if (!first) return this.ofPlainError(expected);
    const { reason = 'key-reuse' } = expectation;
    const misnamed = received.find(({ refusal }) => refusal !== undefined && refusal.reason !== reason);
    const asRefusal = { expectation: { of: 'refusal', reasons: [reason] } as const, expected, problems };
    const accepted = received.find(({ outcome }) => outcome === 'ok') ?? first;
    const base = this.#ofExchange(ok > expectation.ok ? accepted : (misnamed ?? first), asRefusal);
    const found = circumstanceOf(accepted, exchanges);
    const circumstance = found === 'once' ? base.circumstance : found;
    const what = startUpper(callIn(accepted.name, circumstance));
    return {
      ...base,
      ...(ok > expectation.ok && { status: undefined, code: undefined }),
      // What was promised of all of them together, and how many kept it, the numbers say.
      ...{ promised: undefined, problem: undefined, about: undefined },
      circumstance,
      sentence: `${what}: ${problems.join('; ') || expected}.`,
      numbers: { expected: expectation.ok, seen: ok, requests: received.length },
    };
  }

  #ofExchange(exchange: Exchange, judged: Parameters<typeof deviationOfExchange>[2]): Deviation {
    const { profile, promise, exchanges } = this.#evidence;
    const circumstance = this.#circumstance;
    return deviationOfExchange(profile, exchange, judged, exchanges, {
      ...{ kind: promise?.kind ?? 'wrong-content', circumstance },
      isOfSpelling:
        circumstance === 'boundary' && promise !== undefined && familyOfPromise(promise.id) === 'idempotency',
    });
  }

  /** Returns what an error is that tells no more than its promise. */
  ofPlainError(error: string): Deviation {
    const { profile, promise, exchanges } = this.#evidence;
    const difference = plainDifference(error);
    const [stale] = this.#evidence.tables ? shownOtherwise(exchanges, this.#evidence.tables, profile.money) : [];
    if (stale && difference.includes(String(stale.shown))) {
      return {
        kind: 'stale-view',
        call: stale.call,
        ...this.#told(`${stale.sentence} Promised: ${promise?.sentence ?? difference}`),
      };
    }
    const isRefused = exchanges.some(({ outcome }) => outcome !== 'ok');
    const ofPromise = promise?.kind ?? 'wrong-content';
    const kind = kindOfError(ofPromise === 'valid-request-refused' && !isRefused ? 'wrong-content' : ofPromise, error);
    const last = exchanges.at(-1);
    const lastOfKind = ofViews.includes(kind) ? last : (exchanges.findLast(({ name }) => isChanging(name)) ?? last);
    const call =
      promise?.call ?? (kind === 'stale-view' ? lookAt(difference, exchanges) : undefined) ?? lastOfKind?.name;
    const said = assertionInWords(error, profile.money) ?? difference;
    const what = call ? startUpper(`${callIn(call, this.#circumstance)}: ${said}`) : startUpper(said);
    // One that went well says nothing more.
    const lastAnswer =
      last && last.outcome !== 'ok' ? `; the last answer, to ${callWords[last.name]}: ${describeAnswer(last)}` : '';
    const promised = promise ? ` Promised: ${promise.sentence}` : '';
    const [reason, about] = [causeInError(error) ?? last?.refusal?.reason, subjectOfError(error)];
    return {
      kind,
      ...(call && { call }),
      ...(reason !== undefined && { reason }),
      ...(about && { about }),
      ...this.#told(`${what}${lastAnswer}.${promised}`),
    };
  }

  #told(sentence: string): Pick<Deviation, 'circumstance' | 'sentence' | 'numbers' | 'details'> {
    return { circumstance: this.#circumstance, sentence, numbers: {}, details: [] };
  }
}

/**
 * Returns what a failed test saw, each breach once, the cause before its symptoms: server errors and refusals that look
 * like successes first, after which the rest of the test judges nothing; then what its assertions found, then the
 * tables.
 */
export function deviationsOfTest(evidence: TestEvidence): Deviation[] {
  const { errors, exchanges, breaches, problems } = evidence;
  const deviations = new Deviations(evidence);
  const ofAnswers = deviations.ofAnswers();
  const isBroken = ofAnswers.some(({ kind }) => kind === 'server-error' || kind === 'refusal-as-success');
  const isMisread = ofAnswers.some(({ kind }) => kind === 'refusal-as-success');
  const ofErrors = isBroken ? [] : errors.map((error) => ({ error, deviation: deviations.ofError(error) }));
  const readable = withoutUnreadable(breaches, exchanges);
  // What a refusal has answered as if it were a success is not there, and nobody has lost it.
  const ofTables = worstFirst(isMisread ? readable.filter(({ check }) => !check.startsWith('answered-')) : readable);
  const found = [
    ...ofAnswers.filter((answer) => !ofErrors.some(({ deviation }) => isEcho(answer, deviation))),
    ...ofTables.filter(isCause).map((breach) => deviations.ofBreach(breach)),
    ...ofErrors.flatMap(({ deviation }) => deviation ?? []),
    ...ofTables.filter((breach) => !isCause(breach)).map((breach) => deviations.ofBreach(breach)),
    ...problems.map((problem) => deviations.ofProblem(problem)),
  ];
  // The weakest evidence comes last: that the promise is broken, and nothing of how.
  const ofPromise = ofErrors.filter(({ deviation }) => !deviation).map(({ error }) => deviations.ofPlainError(error));
  return eachOnce([...found, ...ofPromise.map((deviation) => asSeenBefore(deviation, found))]);
}

/** Returns whether the form of an answer is wrong since it repeats invalid input that should have been refused. */
const isEcho = ({ kind, call }: Deviation, accepted: Deviation | undefined): boolean =>
  kind === 'malformed-answer' && accepted?.kind === 'bad-input-accepted' && accepted.call === call;

/** An assertion that tells no more than its promise takes the circumstance of what shows the same by more. */
const asSeenBefore = (deviation: Deviation, found: readonly Deviation[]): Deviation => {
  const same = found.find(({ kind, call }) => kind === deviation.kind && call === deviation.call);
  return same ? { ...same, sentence: deviation.sentence } : deviation;
};

/** Joins those of the same signature: the first one has the others' sentences as details. */
const eachOnce = (found: readonly Deviation[]): Deviation[] => {
  const once = new Map<string, Deviation>();
  for (const deviation of found) {
    const known = once.get(signatureText(deviation));
    if (!known) once.set(signatureText(deviation), { ...deviation, details: [...deviation.details] });
    else if (known.sentence !== deviation.sentence) known.details.push(deviation.sentence);
  }
  return [...once.values()];
};
