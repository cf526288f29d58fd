import type { Circumstance } from '../kinds/circumstances.ts';
import type { Deviation } from '../deviations/deviation.ts';
import { isAll, isRace } from './same-defect.ts';
import type { Group } from './seen-deviation.ts';

/** What shows that a key is not remembered. */
const forgottenKey: readonly Deviation['kind'][] = [
  'replay-refused',
  'replay-executed',
  'charged-twice',
  'topped-up-twice',
];

const isOfCallOf = <Test>(one: Group<Test>, cause: Group<Test>): boolean => {
  const call = cause.seen[0]?.deviation.call;
  return isAll(one, (deviation) => deviation.call === call);
};

/**
 * Returns whether the cause is a key that is not remembered: then it is bound to no request, and finds no lost answer.
 */
const followsFromForgottenKey = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  cause.circumstances.has('replay') &&
  isAll(cause, ({ kind }) => forgottenKey.includes(kind)) &&
  isAll(
    one,
    ({ kind, circumstance }) =>
      kind === 'key-not-bound-to-request' ||
      kind === 'replay-differs' ||
      (kind === 'wrong-content' && circumstance !== 'once') ||
      (kind === 'valid-request-refused' && circumstance === 'after-lost-answer'),
  );

/**
 * Returns whether the cause is replays that are refused: then a retry while its first request is under way gets the same
 * answer.
 */
const followsFromRefusedReplay = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  cause.circumstances.has('replay') &&
  isAll(cause, ({ kind }) => kind === 'replay-refused') &&
  isAll(
    one,
    ({ kind, circumstance, status, code }) =>
      (kind === 'valid-request-refused' || kind === 'wrong-cause') &&
      circumstance === 'concurrent' &&
      cause.seen.some(({ deviation }) => deviation.status === status && deviation.code === code),
  );

/** Returns whether the cause is a key that is answered with what belongs to another: then it is taken for used, too. */
const followsFromConfusedKeys = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind }) => kind === 'keys-confused') &&
  isAll(one, ({ kind, circumstance }) => kind === 'key-mistaken' && circumstance === 'boundary');

/**
 * Returns whether the cause is a success that is not written yet when it is answered: then whoever looks sees what was
 * before, in the API and in the tables.
 */
const followsFromLateCommit = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  cause.circumstances.has('once') &&
  isAll(cause, ({ kind }) => kind === 'answered-but-not-written') &&
  isAll(
    one,
    ({ kind, check, about }) =>
      kind === 'stale-view' || (kind === 'charged-twice' && check === undefined && about === 'no-payment'),
  );

/** When a request may meet one that has taken effect and whose key is not recorded yet, or has lost it for ever. */
const beforeKey: readonly Circumstance[] = [
  ...(['concurrent', 'several-instances', 'interrupted', 'after-lost-answer', 'after-crash'] as const),
];

/**
 * Returns whether the cause is an effect that is committed before its key: then a duplicate in between takes effect
 * again.
 */
const followsFromLateKey = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  cause.circumstances.has('once') &&
  isAll(cause, ({ kind }) => kind === 'written-but-not-answered') &&
  cause.seen.some(({ deviation }) => deviation.check === undefined && deviation.at === undefined) &&
  isAll(one, ({ kind, circumstance }) => forgottenKey.includes(kind) && beforeKey.includes(circumstance));

/** Returns whether the cause is invalid input that is accepted: then it is accepted under a used key, too. */
const followsFromAcceptedInput = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind }) => kind === 'bad-input-accepted') &&
  isAll(
    one,
    ({ kind, promised }) =>
      kind === 'key-not-bound-to-request' && (promised?.reasons.includes('invalid-input') ?? false),
  );

/** Returns whether the cause is a key that a refusal leaves behind: then it is taken for one in flight or used. */
const followsFromBurntKey = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind }) => kind === 'key-burnt') &&
  isAll(
    one,
    ({ kind, reason }) =>
      (kind === 'wrong-cause' || kind === 'valid-request-refused') &&
      (reason === 'in-progress' || reason === 'key-reuse'),
  );

/** Returns whether the cause is requests that are taken for duplicates: then one that may be refused is refused for that. */
const followsFromFalseDuplicate = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind }) => kind === 'taken-for-duplicate') &&
  isAll(
    one,
    ({ kind, status, code, reason }) =>
      (kind === 'replay-refused' || kind === 'wrong-cause' || kind === 'valid-request-refused') &&
      reason === 'in-progress' &&
      cause.seen.some(({ deviation }) => deviation.status === status && deviation.code === code),
  );

const lostUpdates: readonly Deviation['kind'][] = ['overspent', 'below-zero', 'paid-without-debit', 'top-up-lost'];

/** Returns whether the cause is a lost update: then the answers of the same race show outdated balances. */
const followsFromLostRace = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  [...cause.circumstances].some(isRace) &&
  isAll(cause, ({ kind }) => lostUpdates.includes(kind)) &&
  isAll(
    one,
    ({ kind, circumstance, about }) =>
      kind === 'wrong-content' && isRace(circumstance) && about === 'answered-balances',
  );

/**
 * Returns whether the cause is an answer that names a wrong cause: then an assertion on its cause fails, too, and a retry
 * that may be refused is refused for the wrong one.
 */
const followsFromWrongCause = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind, status }) => kind === 'wrong-cause' && status !== undefined) &&
  isAll(
    one,
    ({ kind, status, code, promised }) =>
      (kind === 'wrong-cause' && status === undefined) ||
      (kind === 'replay-refused' &&
        promised?.orSuccess === true &&
        cause.seen.some(({ deviation }) => deviation.status === status && deviation.code === code)),
  );

/** Returns whether the cause is a wrong total of any order: then that of a very large order is wrong, too. */
const followsFromWrongTotal = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  cause.circumstances.has('once') &&
  isAll(cause, ({ kind }) => kind === 'order-inconsistent' || kind === 'wrong-amount') &&
  isAll(one, ({ kind, about }) => kind === 'bad-input-accepted' && about === 'total');

/**
 * Returns whether the cause is refusals that are told as successes: then a failure is told so as well, where the database
 * ended its transaction.
 */
const followsFromRefusalsAsSuccess = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  isAll(cause, ({ kind }) => kind === 'refusal-as-success') &&
  isAll(
    one,
    ({ kind, circumstance }) =>
      circumstance === 'interrupted' && (kind === 'malformed-answer' || kind === 'wrong-status'),
  );

/** What goes wrong where a lock or a number is known to one process alone. */
const ofLocks: readonly Deviation['kind'][] = [
  ...(['charged-twice', 'overspent', 'below-zero', 'paid-without-debit', 'debited-without-payment'] as const),
  ...(['top-up-lost', 'topped-up-twice', 'oversold', 'stock-leaked', 'order-state-broken'] as const),
  ...(['replay-executed', 'order-inconsistent', 'refund-lost', 'refunded-too-much'] as const),
];

/** Returns whether both are seen at several instances alone: each of these keeps for itself what they should share. */
export const isOfSameProcess = <Test>(...both: readonly [one: Group<Test>, other: Group<Test>]): boolean =>
  both.every((group) =>
    isAll(group, ({ kind, circumstance }) => circumstance === 'several-instances' && ofLocks.includes(kind)),
  );

const ofOneCall = [
  ...[
    followsFromForgottenKey,
    followsFromRefusedReplay,
    followsFromLateKey,
    followsFromBurntKey,
    followsFromAcceptedInput,
  ],
  ...[followsFromWrongTotal, followsFromWrongCause],
];

/** Returns whether one group is a consequence of another, whatever the tests were. */
export const isConsequence = <Test>(one: Group<Test>, cause: Group<Test>): boolean =>
  followsFromLostRace(one, cause) ||
  followsFromRefusalsAsSuccess(one, cause) ||
  followsFromConfusedKeys(one, cause) ||
  followsFromFalseDuplicate(one, cause) ||
  followsFromLateCommit(one, cause) ||
  (isOfCallOf(one, cause) && ofOneCall.some((follows) => follows(one, cause)));
