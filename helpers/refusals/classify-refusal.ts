import { parseJson, valueAt } from '../text/json.ts';
import { statedAmounts, type StatedAmounts } from './stated-amounts.ts';
import { conflictReasons, statusesOf, type NamedReason, type RefusalReason } from '../profile/refusal-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** A refusal and its cause, as far as it names one. */
export interface Refusal extends StatedAmounts {
  readonly reason: RefusalReason;
  /** The part of the answer that named the cause: the code, the message, the status, or nothing (`unknown`). */
  readonly namedBy: 'code' | 'message' | 'status' | 'nothing';
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** The cause that the message names, where the code names the other one of balance and stock. */
  readonly contradictedBy?: 'balance' | 'stock';
}

const words = (...alternatives: readonly string[]): string => `(?:${alternatives.join('|')})`;

const money = words('balance', 'funds', 'credits?', 'points', 'money');
const goods = words('stock', 'inventory');
const moneyWord = words('잔액', '잔고', '예치금', '포인트', '적립금');
const goodsWord = words('재고', '수량');
const tooLittle = words(
  'insufficient',
  'not enough',
  'not sufficient',
  'too low',
  'too small',
  'depleted',
  'exhausted',
);
const lack = words(
  'insufficient',
  'not enough',
  'too low',
  'low',
  'lack of',
  "(?<=n[o'’]?t )have (?:enough|sufficient)",
);
const lackWord = words('부족(?!하지\\s*않)', '모자(?!라지\\s*않)', '충분(?:하지|치)\\s*(?:않|못)', '불충분');
// "Stock is fine, but the balance is too low" says nothing against the stock.
const without = (other: string, most: number): string => `(?:(?!${other})[^.,;]){0,${most}}`;

const pattern = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'i');

const conflictPatterns: readonly (readonly [RefusalReason, RegExp])[] = [
  [
    'balance',
    pattern(
      `${moneyWord}${without(goodsWord, 15)}${lackWord}`,
      `${moneyWord}[을를이가]?\\s*초과`,
      `\\b${lack}\\s+(?:(?!${goods})\\w+\\s+){0,2}${money}\\b`,
      `(?<!${goods} )\\b${money}\\b${without(goods, 30)}${tooLittle}`,
      `exceeds? (?:(?:the|your|available|current|account) ){0,3}${money}\\b`,
    ),
  ],
  [
    'stock',
    pattern(
      `${goodsWord}${without(moneyWord, 15)}${lackWord}`,
      `${goodsWord}[은는이가]?\\s*(?:없|소진)`,
      `재고[^.,;]{0,8}초과`,
      '품절|매진|sold out|out of stock',
      `\\b${words(lack, 'no')}\\s+(?:(?!${money})\\w+\\s+){0,2}${goods}\\b`,
      `\\b${goods}(?: balance)?\\b${without(money, 30)}${words(tooLittle, 'unavailable')}`,
      `exceeds? (?:(?:the|available|current|remaining) ){0,3}${goods}\\b`,
    ),
  ],
  [
    'in-progress',
    pattern(
      // "처리 중 오류가 발생" is a failure, not a request that is under way.
      '(?:처리|진행)\\s*중(?!\\s*에?\\s*(?:오류|에러|예외|문제|충돌|실패|장애|알\\s*수))(?![^.]{0,15}아[닙니닌])',
      'in progress',
      '(?<!\\b(?:error|exception|conflict|fail\\w*)\\b[^.;]{0,60})\\b(?:(?:being|currently|still) process(?:ed|ing)|already processing)',
      'concurrent (?:request|payment)',
    ),
  ],
  [
    'order-state',
    pattern(
      '주문\\s*상태|이미\\s*(?:결제|취소|완료)(?![^.,;]{0,6}중)|(?:취소|완료)된\\s*주문',
      'not payable|already (?:been )?(?:paid|cancell?ed|completed)|order (?:status|state)\\b',
      'order (?:is|was|has been) (?:already )?(?:paid|cancell?ed|completed)|\\b(?:paid|cancell?ed|completed) order\\b',
    ),
  ],
  [
    'key-reuse',
    pattern(
      '멱등[^.;]{0,20}(?:다른|재사용|이미\\s*사용)',
      'idempotency(?:(?!in use|being)[^.;]){0,30}(?:different|another|re ?used|mismatch|already (?:been )?used)',
    ),
  ],
];

// A product's or a user's name can contain any of these words; text in brackets or quotes is data, not the cause.
const withoutData = (message: string): string => {
  const shorter = message.replace(/[([{][^()[\]{}]*[)\]}]|["“][^"”]*["”]|(?<![\w’])'[^']*'(?!\w)/g, ' ');
  // An opening bracket that is left has lost its end where the message was cut.
  return shorter === message ? message.replace(/[([{].*$/s, ' ') : withoutData(shorter);
};

const causeSaidIn = (message: string): RefusalReason | undefined => {
  const text = withoutData(message).replace(/[_-]/g, ' ');
  const found = conflictPatterns.filter(([, causePattern]) => causePattern.test(text));
  return found.length === 1 ? found[0]?.[0] : undefined;
};

const amountsIn = (reason: RefusalReason, message: string): StatedAmounts =>
  reason === 'balance' || reason === 'stock' ? statedAmounts(reason, message) : {};

const maxSentenceLength = 300;

/** Returns a body that is not JSON, but a short text for people; undefined for any other. */
const plainText = (body: string): string | undefined => {
  const sentence = body.trim();
  return sentence && sentence.length <= maxSentenceLength && !/^[[{]|<[/!a-z]/i.test(sentence) ? sentence : undefined;
};

// A sentence is much shorter; a longer text would only cost the patterns time.
const maxMessageLength = 2000;

const text = (json: unknown): string | undefined =>
  typeof json === 'string' ? json.slice(0, maxMessageLength) : typeof json === 'number' ? String(json) : undefined;

/**
 * Classifies a refusal by its code first, then, for a conflict, by the words of its message in Korean or English.
 * Nothing is guessed: a conflict whose cause neither names, or whose message names two causes, is `unknown`.
 *
 * @param body the answer's text, JSON or not.
 */
export function classifyRefusal(profile: TargetProfile, status: number, body: string): Refusal {
  const json = parseJson(body);
  const said = (path: string | undefined): string | undefined => path && text(valueAt(json, path));
  const code = said(profile.errors.code);
  const message =
    said(profile.errors.message) ?? plainText(typeof json === 'string' ? json : json === undefined ? body : '');
  const base = { status, ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  const spoken = causeSaidIn(message ?? '');
  const byCode = code === undefined ? undefined : reasonOfCode(profile, code, spoken);
  if (byCode) {
    // The words of the other causes overlap in correct messages ("already being paid"); those of these two do not.
    const contradicted = spoken !== byCode && isDataCause(spoken) && isDataCause(byCode);
    const amounts = amountsIn(byCode, message ?? '');
    return { reason: byCode, namedBy: 'code', ...base, ...amounts, ...(contradicted && { contradictedBy: spoken }) };
  }
  if (status >= 500) return { reason: 'server-error', namedBy: 'status', ...base };
  // Only conflicts are classified by their words: any other status is unambiguous.
  const isConflict = status === 409 || status === 422 || conflictStatuses(profile).includes(status);
  const byMessage = isConflict ? spoken : undefined;
  if (byMessage) return { reason: byMessage, namedBy: 'message', ...base, ...amountsIn(byMessage, message ?? '') };
  const byStatus = code === undefined ? reasonsOfStatus(profile, status) : [];
  const [only] = byStatus.length === 1 ? byStatus : [];
  if (only) return { reason: only, namedBy: 'status', ...base };
  return { reason: 'unknown', namedBy: 'nothing', ...base };
}

/**
 * Returns the reason that a code means. Reasons that share a code are told apart by the message: without the words of a
 * conflict, it is the reason among them that is no conflict; undefined where all of them are conflicts.
 */
const reasonOfCode = (
  { refusals }: TargetProfile,
  code: string,
  spoken: RefusalReason | undefined,
): RefusalReason | undefined => {
  const reasons = Object.entries(refusals).flatMap(([reason, form]) =>
    isReason(reason) && form.codes.includes(code) ? [reason] : [],
  );
  if (reasons.length <= 1) return reasons[0];
  const others = reasons.filter((reason) => !isConflictReason(reason));
  // Of these, "invalid input" is the most general.
  const [other] = others.includes('invalid-input') ? (['invalid-input'] as const) : others;
  return reasons.find((reason) => reason === spoken) ?? other;
};

/**
 * Returns whether a refusal may mean a reason that is no conflict: several may share a code, or without codes a status.
 */
export function mayMean({ refusals }: TargetProfile, { namedBy, code, status }: Refusal, reason: NamedReason): boolean {
  const form = refusals[reason];
  if (isConflictReason(reason)) return false;
  if (namedBy === 'code') return code !== undefined && form.codes.includes(code);
  return namedBy === 'nothing' && form.codes.length === 0 && statusesOf(form).includes(status);
}

const conflictStatuses = ({ refusals }: TargetProfile): number[] =>
  conflictReasons.flatMap((reason) => [...statusesOf(refusals[reason])]);

/**
 * Returns the reasons that a status alone may mean where the target sends no codes; conflicts must name their cause.
 */
const reasonsOfStatus = (profile: TargetProfile, status: number): RefusalReason[] =>
  Object.entries(profile.refusals).flatMap(([reason, form]) =>
    isReason(reason) && !isConflictReason(reason) && form.codes.length === 0 && statusesOf(form).includes(status)
      ? [reason]
      : [],
  );

const isConflictReason = (reason: RefusalReason): boolean => conflictReasons.some((conflict) => conflict === reason);

const isDataCause = (reason: RefusalReason | undefined): reason is 'balance' | 'stock' =>
  reason === 'balance' || reason === 'stock';

const reasonNames: Readonly<Record<RefusalReason, true>> = {
  balance: true,
  stock: true,
  'in-progress': true,
  'order-state': true,
  'key-reuse': true,
  'foreign-order': true,
  'unknown-order': true,
  'unknown-user': true,
  'unknown-product': true,
  'invalid-quantity': true,
  'invalid-charge': true,
  'invalid-input': true,
  'server-error': true,
  unknown: true,
};

const isReason = (name: string | undefined): name is RefusalReason => name !== undefined && name in reasonNames;
