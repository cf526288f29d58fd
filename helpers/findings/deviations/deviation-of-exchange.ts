import { describeAnswer, type Exchange } from '../../api/answers/exchange.ts';
import { startUpper } from '../../text/words/start-upper.ts';
import { describeField } from '../../text/describe-field.ts';
import type { Json } from '../../text/json.ts';
import { shownLine } from '../../text/shown-text.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { callIn } from '../kinds/call-in.ts';
import { isChanging } from '../kinds/call-words.ts';
import { circumstanceOf, otherUseOf } from '../kinds/circumstance-of.ts';
import type { Circumstance } from '../kinds/circumstances.ts';
import type { Deviation } from './deviation.ts';
import { kindOfExchange, type JudgedExchange } from '../kinds/kind-of-exchange.ts';
import type { Kind } from '../kinds/kinds.ts';

/** Whose form is wrong is wrong whatever the key. */
const ofForm: readonly Kind[] = ['wrong-status', 'malformed-answer'];

const maxKeyLength = 40;
const keptOfKey = { start: 14, end: 10 } as const;

/** Keys that are tried at their limits are long, and what tells them apart stands at their end. */
const shownKey = (key: Json): string => {
  const text = describeField(key);
  const length = typeof key === 'string' ? Array.from(key).length : text.length;
  if (length <= maxKeyLength) return text;
  const characters = Array.from(text);
  const [start, end] = [characters.slice(0, keptOfKey.start), characters.slice(-keptOfKey.end)];
  return `${start.join('')}…${end.join('')} (${length} characters)`;
};

/** Returns under which key a request was sent, and which other one came before it. */
const spellingOf = ({ idempotencyKey: key, name, sentAtMs }: Exchange, all: readonly Exchange[]): string => {
  const others = all.filter((one) => one.sentAtMs < sentAtMs && one.idempotencyKey !== key && isChanging(one.name));
  const before = others.findLast((one) => one.name === name) ?? others.at(-1);
  const other = before?.idempotencyKey === undefined ? '' : `, after ${shownKey(before.idempotencyKey)}`;
  return ` (under ${key === undefined ? 'no key' : `the key ${shownKey(key)}`}${other})`;
};

const ofOtherUse: readonly Circumstance[] = ['key-reuse', 'in-flight-other-body'];
const maxBodyLength = 120;
const maxInputLength = 200;
const maxRefusalLength = 200;

/** Returns with which other request the key was sent: by themselves the two look unrelated. */
const otherUse = (exchange: Exchange, all: readonly Exchange[]): string => {
  const other = otherUseOf(exchange, all)?.request;
  return other ? requestOf(other, maxBodyLength) : '';
};

const requestOf = ({ method, path, body = '' }: Exchange['request'], maxLength: number): string =>
  ` (${`${method} ${path} ${shownLine(body, maxLength)}`.trimEnd()})`;

const placeOf = (name: 'at' | 'original', exchange: Exchange, all: readonly Exchange[]): Partial<Deviation> => {
  const place = all.indexOf(exchange);
  return place < 0 ? {} : { [name]: place };
};

/** Returns what is wrong with an answer beyond its cause, of which its own description says enough. */
const furtherProblems = ({ refusal }: Exchange, { problems }: JudgedExchange): string =>
  problems.filter((problem) => problem !== `its cause is ${refusal?.reason}`).join('; ');

/** Returns what was seen and promised, first what no line may cut off; of a wrong form, what is wrong with it. */
const sentenceOf = (exchange: Exchange, judged: JudgedExchange): string => {
  const { expectation, expected } = judged;
  const { malformed = [] } = exchange;
  if (expectation.of === 'success' && malformed.length > 0) return `the answer has ${malformed.join('; ')}`;
  // Its body is long, is in the evidence, and would hide what came instead.
  const promised = expectation.of === 'replay' ? 'the original answer again' : expected;
  const further = furtherProblems(exchange, judged);
  const also = further === '' ? '' : ` (${further})`;
  return `seen ${describeAnswer(exchange)}${also}, promised ${promised}`;
};

/** Returns the sentence of a request that was refused as a duplicate, and what makes that false. */
const asDuplicate = (exchange: Exchange, { expected }: JudgedExchange): string =>
  `seen ${describeAnswer(exchange)}, although no request like it was under way, promised ${expected}`;

/** Returns what the exchange shows as data: the sentence says it again, in words. */
const factsOf = (exchange: Exchange, judged: JudgedExchange): Partial<Deviation> => {
  const { response, refusal } = exchange;
  const { expectation } = judged;
  const problem = furtherProblems(exchange, judged);
  return {
    ...(response && { status: response.status }),
    ...(refusal?.code !== undefined && { code: refusal.code }),
    ...(refusal && { reason: refusal.reason }),
    ...(expectation.of === 'refusal' && {
      promised: { reasons: [...expectation.reasons], orSuccess: expectation.orSuccess ?? false },
    }),
    ...(problem !== '' && { problem }),
  };
};

/** Returns what was accepted, whose answer tells nothing more: it repeats a wrong input in a form that is wrong too. */
const asAccepted = ({ response }: Exchange, { expected }: JudgedExchange): string =>
  `seen ${response?.status ?? 'a success'}, promised ${expected}`;

/** Returns what a refusal says that is told as a success, and not which fields of an answer it lacks. */
const asSuccess = ({ response }: Exchange): string =>
  `seen ${response?.status ?? 'a success'}, the status of a success, with the body of a refusal: ` +
  shownLine(response?.body ?? '', maxRefusalLength);

/** How breaches of some kinds are told. */
const toldAs: Partial<Record<Kind, typeof sentenceOf>> = {
  'refusal-as-success': asSuccess,
  'taken-for-duplicate': asDuplicate,
};

/**
 * Returns the breach that an exchange is.
 *
 * @param all the requests of the test, in the order in which they were sent
 * @param fallback what it is where the exchange alone does not tell, and its circumstance where that is the simplest
 */
export function deviationOfExchange(
  profile: TargetProfile,
  exchange: Exchange,
  judged: JudgedExchange,
  all: readonly Exchange[],
  fallback: {
    readonly kind: Kind;
    readonly circumstance: Circumstance;
    /** Whether the spelling of keys is what is tried. */
    readonly isOfSpelling?: boolean;
  },
): Deviation {
  const found = circumstanceOf(exchange, all);
  // A bad value is as bad after the refusal of another one.
  const isOfValue = found === 'after-refusal' && fallback.circumstance === 'boundary';
  // Whatever is wrong there may be the crash's doing, which no request shows.
  const isOfCrash = fallback.circumstance === 'after-crash';
  const circumstance = found === 'once' || isOfValue || isOfCrash ? fallback.circumstance : found;
  const { name, idempotencyKey } = exchange;
  const kind = kindOfExchange(profile, exchange, judged, found, fallback.kind);
  const isOfSpelling = fallback.isOfSpelling === true && !ofForm.includes(kind);
  const spelling = isOfSpelling ? spellingOf(exchange, all) : '';
  const other = ofOtherUse.includes(circumstance) ? otherUse(exchange, all) : '';
  // Several inputs that are accepted are one defect: only the request tells which they are.
  const isInput = kind === 'bad-input-accepted' && spelling === '' && other === '';
  // Neither does a failure say what it failed of.
  const isNamed = isInput || (kind === 'server-error' && spelling === '' && other === '');
  const input = isNamed ? requestOf(exchange.request, maxInputLength) : '';
  const what = startUpper(`${callIn(name, circumstance)}${spelling}${other}${input}`);
  const told = toldAs[kind] ?? sentenceOf;
  return {
    kind,
    call: name,
    circumstance,
    ...factsOf(exchange, judged),
    ...(isOfSpelling && idempotencyKey !== undefined && { about: 'key-spelling' }),
    sentence: `${what}: ${(isInput ? asAccepted : told)(exchange, judged)}.`,
    numbers: {},
    details: [],
    ...placeOf('at', exchange, all),
    ...(judged.expectation.of === 'replay' && placeOf('original', judged.expectation.original, all)),
  };
}
