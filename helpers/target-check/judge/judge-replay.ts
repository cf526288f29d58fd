import { isDeepStrictEqual } from 'node:util';
import type { ReceivedResponse } from '../../api/answers/exchange.ts';
import { parseJson } from '../../text/json.ts';
import type { Policies } from '../../profile/policies.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { misfitOf, type Misfit } from './misfit.ts';
import { readAnswer } from '../steps/read-answer.ts';

const statusNames = { pay: 'paymentStatus', createOrder: 'orderStatus', chargeBalance: 'chargeStatus' } as const;

/** A call that can be repeated with its key. */
export type RepeatableCall = keyof typeof statusNames;

/**
 * Returns all misfits between a repeated answer and the replay in the profile.
 *
 * @param asked values of both requests for fields that the answer may leave out.
 */
export function judgeReplay(
  name: RepeatableCall,
  now: ReceivedResponse,
  before: ReceivedResponse,
  profile: TargetProfile,
  asked: Readonly<Record<string, unknown>>,
): Misfit[] {
  const property = ['policies', 'replay'];
  const policy = profile.policies.replay;
  const statusName = statusNames[name];
  const problem = `a replay has status ${now.status}, not ${policy[statusName]}`;
  const read = ({ body }: ReceivedResponse) => readAnswer(name, parseJson(body), profile, asked);
  return [
    ...(now.status === policy[statusName] ? [] : [misfitOf(problem, [...property, statusName], now.status)]),
    ...judgeHeader(now, before, policy),
    ...(now.body === before.body ? [] : judgeFields(isDeepStrictEqual(read(now), read(before)), policy)),
  ];
}

function judgeHeader(now: ReceivedResponse, before: ReceivedResponse, { header }: Policies['replay']): Misfit[] {
  if (!header) return [];
  const property = ['policies', 'replay', 'header'];
  const value = now.headers[header.name.toLowerCase()];
  if (value === header.value) return [];
  if (value !== undefined) {
    return [misfitOf(`a replay has ${header.name}: ${value}, not ${header.value}`, [...property, 'value'], value)];
  }
  const [marked] = Object.entries(now.headers).filter(
    ([name, text]) => /replay|idempot|duplicate|cached/i.test(name) && before.headers[name] !== text,
  );
  if (!marked) return [misfitOf(`a replay has no header ${header.name}`, property, undefined)];
  const [name, text] = marked;
  return [misfitOf(`a replay has ${name}: ${text}, not ${header.name}`, property, { name, value: text })];
}

function judgeFields(sayTheSame: boolean, { body }: Policies['replay']): Misfit[] {
  const property = ['policies', 'replay', 'body'];
  if (sayTheSame) {
    return body === 'fields'
      ? []
      : [misfitOf('a replay has the same fields as the original, but other bytes', property, 'fields')];
  }
  return [
    {
      problem: 'a replay differs from the original',
      property,
      suggestion: 'the target must repeat the original answer; no profile can allow another one',
    },
  ];
}
