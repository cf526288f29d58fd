import type { Circumstance } from '../kinds/circumstances.ts';
import type { Deviation } from '../deviations/deviation.ts';
import type { Group } from './seen-deviation.ts';

/** What is wrong once is wrong again in each of these circumstances: it is the same defect. */
const includedIn: Readonly<Partial<Record<Circumstance, 'every' | readonly Circumstance[]>>> = {
  once: 'every',
  replay: ['after-lost-answer', 'interrupted', 'concurrent', 'after-refusal', 'key-reuse', 'several-instances'],
  'after-refusal': ['boundary', 'after-lost-answer', 'interrupted', 'concurrent', 'several-instances'],
  'key-reuse': ['in-flight-other-body', 'in-flight-other-user', 'several-instances'],
  'in-flight-other-key': ['concurrent', 'in-flight-other-call', 'in-flight-other-user', 'several-instances'],
  'in-flight-other-body': ['concurrent', 'in-flight-other-key', 'several-instances'],
  'in-flight-other-call': ['several-instances'],
  concurrent: ['in-flight-other-call', 'several-instances'],
};

const includes = (one: Circumstance, other: Circumstance): boolean => {
  const included = includedIn[one];
  return one === other || included === 'every' || (included?.includes(other) ?? false);
};

/**
 * Returns whether both are lost money, the other after a single payment: beside a replay or a top-up the tables cannot
 * tell the loss from a double charge or a lost top-up.
 */
const isSameLoss = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  other.circumstances.has('once') &&
  other.seen.some(({ deviation }) => deviation.kind === 'debited-without-payment' && deviation.call === 'pay') &&
  one.seen.every(({ deviation }) => losses.includes(deviation.kind) && isOfBalance(deviation));

/** Returns whether only a balance shows it: no surplus row, no answer. */
const isOfBalance = ({ check, at }: Deviation): boolean =>
  check === 'money' || (check === undefined && at === undefined);

const losses: readonly Deviation['kind'][] = ['debited-without-payment', 'charged-twice', 'top-up-lost'];

/** Requests under way at the same time: whichever they are, one writes over what the other has written. */
export const isRace = (circumstance: Circumstance): boolean =>
  circumstance === 'concurrent' || circumstance.startsWith('in-flight-');

/** Returns whether all that a group has seen is such. */
export const isAll = <Test>({ seen }: Group<Test>, isSuch: (deviation: Deviation) => boolean): boolean =>
  seen.every(({ deviation }) => isSuch(deviation));

/** Returns whether both are updates of a balance that were lost in a race, debits or top-ups. */
const isSameLostUpdate = <Test>(one: Group<Test>, other: Group<Test>): boolean => {
  const isLost =
    (...kinds: readonly Deviation['kind'][]) =>
    (deviation: Deviation): boolean =>
      kinds.includes(deviation.kind) && isRace(deviation.circumstance) && deviation.check === 'money';
  const isOfTopUps = isAll(one, isLost('top-up-lost'));
  return isAll(other, isLost('paid-without-debit'))
    ? isAll(one, isLost('paid-without-debit', 'top-up-lost'))
    : isOfTopUps && isAll(other, isLost('top-up-lost'));
};

/** Returns whether one is wrong stock after a cancellation, and the other wrong stock after its order already. */
const isSameStock = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  other.circumstances.has('once') &&
  other.seen.some(({ deviation }) => deviation.kind === 'stock-leaked' && deviation.call !== 'cancelOrder') &&
  isAll(one, ({ kind, call }) => kind === 'stock-leaked' && call === 'cancelOrder');

const ofReplays: readonly Deviation['kind'][] = ['replay-refused', 'replay-differs', 'replay-executed'];

/** Returns whether one is a breach of replays beside other requests, and the other the same breach without them. */
const isSameReplay = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  one.breach === other.breach &&
  other.circumstances.has('replay') &&
  isAll(one, ({ kind, circumstance }) => ofReplays.includes(kind) || (kind === 'server-error' && isRace(circumstance)));

/**
 * Returns whether one group is a server error after an answer was lost, and another the same one beside requests under the same
 * key: whoever has lost an answer cannot know whether its request is still under way.
 */
const isSameFailure = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  one.breach === other.breach &&
  isAll(one, ({ kind, circumstance }) => kind === 'server-error' && circumstance === 'after-lost-answer') &&
  isAll(other, ({ circumstance }) => circumstance === 'concurrent' || circumstance === 'in-flight-other-body');

/**
 * Returns whether tables show the same breach after several requests and after a replay alone: the rows do not tell
 * which of several requests changed them.
 */
const isSameInTables = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  one.breach === other.breach &&
  other.circumstances.has('replay') &&
  !one.circumstances.has('once') &&
  isAll(one, ({ check }) => check !== undefined);

/**
 * Returns whether one is a replay that is carried out again, as an answer or row shows, and the other what it costs.
 */
const isSameRepetition = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  one.seen[0]?.deviation.call === other.seen[0]?.deviation.call &&
  other.circumstances.has('replay') &&
  isAll(other, ({ kind }) => kind === 'charged-twice' || kind === 'topped-up-twice') &&
  isAll(one, ({ kind }) => kind === 'replay-executed');

/** Returns what is wrong with an answer, whatever its numbers are. */
const problemOf = ({ problem }: Deviation): string | undefined => problem?.replaceAll(/\d+/g, '0');

/**
 * Returns whether one is a wrong answer, and the other the same one taken for a view that the last change has left old.
 */
const isSameView = <Test>(one: Group<Test>, other: Group<Test>): boolean => {
  const problems = new Set(other.seen.map(({ deviation }) => problemOf(deviation)));
  const call = other.seen[0]?.deviation.call;
  return (
    isAll(other, ({ kind }) => kind === 'stale-view') &&
    isAll(one, (seen) => seen.kind === 'wrong-content' && seen.call === call) &&
    isAll(one, (seen) => seen.problem !== undefined && problems.has(problemOf(seen)))
  );
};

/** Returns whether both are the same server error for an invalid input that one test sends to several calls. */
const isSameInput = <Test>(one: Group<Test>, other: Group<Test>): boolean => {
  const [first, second] = [one.seen[0]?.deviation, other.seen[0]?.deviation];
  return (
    [one, other].every((group) =>
      isAll(group, ({ kind, circumstance }) => kind === 'server-error' && circumstance === 'boundary'),
    ) &&
    first?.status === second?.status &&
    first?.code === second?.code &&
    one.seen.some(({ test }) => other.seen.some((seen) => seen.test === test))
  );
};

/** Returns whether both are messages in another language than was asked for: whichever call is refused. */
const isSameLanguage = <Test>(...both: readonly [one: Group<Test>, other: Group<Test>]): boolean =>
  both.every((group) => isAll(group, ({ kind, about }) => kind === 'wrong-content' && about === 'language'));

/** Returns whether both are requests taken for duplicates: whatever they are, and whatever was before. */
const isSameMistake = <Test>(...both: readonly [one: Group<Test>, other: Group<Test>]): boolean =>
  both.every((group) => isAll(group, ({ kind }) => kind === 'taken-for-duplicate'));

/** Returns whether what one group has seen is the defect that another shows in simpler circumstances, or more of. */
export const isSameDefect = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  same.some((isSame) => isSame(one, other));

const isSameBreach = <Test>(one: Group<Test>, other: Group<Test>): boolean =>
  one.breach === other.breach &&
  [...one.circumstances].every((circumstance) =>
    [...other.circumstances].some((simple) => includes(simple, circumstance)),
  );

const same = [
  ...[
    isSameLoss,
    isSameLostUpdate,
    isSameStock,
    isSameReplay,
    isSameFailure,
    isSameInTables,
    isSameRepetition,
    isSameView,
    isSameInput,
    isSameLanguage,
    isSameMistake,
  ],
  isSameBreach,
];
