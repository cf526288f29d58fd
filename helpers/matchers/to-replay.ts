import { isDeepStrictEqual } from 'node:util';
import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { maxShownLength, shownBody, type CallName, type Exchange } from '../api/answers/exchange.ts';
import { offered } from '../profile/endpoint-forms.ts';
import { currentTarget } from '../profile/current-target.ts';
import type { Policies } from '../profile/policies.ts';
import { isRecord, parseJson } from '../text/json.ts';
import { shownLine } from '../text/shown-text.ts';
import { matcherResult } from './matcher-result.ts';
import { refusalProblems } from './to-be-refused-for.ts';

const promisedStatus = (name: CallName, { paymentStatus, orderStatus, chargeStatus }: Policies['replay']): number =>
  name === 'createOrder' ? orderStatus : name === 'chargeBalance' ? chargeStatus : paymentStatus;

const sameBody = (replay: Exchange, original: Exchange, comparison: Policies['replay']['body']): boolean =>
  comparison === 'bytes'
    ? replay.response?.body === original.response?.body
    : isDeepStrictEqual(replay.answer, original.answer);

const maxFields = 3;

/** Returns the fields in which the bodies differ: `: status is "PAID", not "PENDING"`; nothing where none can be told. */
const differenceOf = (replay: Exchange, original: Exchange): string => {
  const [said, before] = [replay, original].map(({ response }) => parseJson(response?.body ?? ''));
  if (!isRecord(said) || !isRecord(before) || replay.outcome !== 'ok') return '';
  const fields = [...new Set([...Object.keys(before), ...Object.keys(said)])]
    .filter((name) => !isDeepStrictEqual(said[name], before[name]))
    .map((name) => `${name} is ${shownValue(said[name])}, not ${shownValue(before[name])}`);
  const left = fields.length > maxFields ? [`${fields.length - maxFields} more`] : [];
  return fields.length === 0 ? '' : `: ${[...fields.slice(0, maxFields), ...left].join('; ')}`;
};

const maxValueLength = 100;

const shownValue = (value: unknown): string =>
  value === undefined ? 'missing' : shownLine(JSON.stringify(value), maxValueLength);

const contentTypeOf = ({ response }: Exchange): string | undefined => response?.headers['content-type'];

const isJson = (contentType = ''): boolean => /json/i.test(contentType);

/**
 * Returns every problem that keeps an exchange from being the replay of another one. Where payments take no keys, a
 * repeated payment may also be refused because its order is paid, or for what it would be short of.
 */
export function replayProblems(replay: Exchange, original: Exchange): string[] {
  const { policies, endpoints } = currentTarget();
  if (original.name === 'pay' && !offered(endpoints.pay)?.key && replay.outcome === 'refused') {
    return refusalProblems(replay, ['order-state', 'balance', 'stock']);
  }
  const policy = policies.replay;
  const status = promisedStatus(original.name, policy);
  const type = contentTypeOf(replay);
  const header = policy.header && replay.response?.headers[policy.header.name.toLowerCase()];
  return [
    ...(original.outcome === 'ok' ? [] : ['the original itself did not succeed']),
    ...(replay.response?.status === status ? [] : [`its status is not ${status}`]),
    ...(sameBody(replay, original, policy.body)
      ? []
      : [`its body is not that of the original${differenceOf(replay, original)}`]),
    ...(isJson(contentTypeOf(original)) && !isJson(type) ? [`its content type is ${type ?? 'missing'}`] : []),
    ...(policy.header && header !== policy.header.value
      ? [`header ${policy.header.name} is ${header ?? 'missing'}, not ${policy.header.value}`]
      : []),
  ];
}

/**
 * Passes when the exchange repeats the original's answer, as the target's profile describes a replay: by default byte
 * for byte, with the header that marks it.
 */
export function toReplay(this: ExpectMatcherState, received: Exchange, original: Exchange): MatcherReturnType {
  return matcherResult(this, 'toReplay', received, {
    expectation: { of: 'replay', original },
    expected: `the original answer again: ${shownBody(original.response?.body ?? '(none)', maxShownLength.inError)}`,
    problems: replayProblems(received, original),
    original,
  });
}
