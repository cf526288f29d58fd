import { parseJson, valueAt } from './json.ts';
import type { RefusalReason, TargetProfile } from './targets/target-profile.ts';

/** What a refusal says about its cause. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** What named the cause: the error's code, its message, a 5xx status, or nothing (`unknown`). */
  readonly namedBy: 'code' | 'message' | 'status' | 'nothing';
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** What was asked for: won for `balance`, pieces for `stock`. */
  readonly required?: number;
  /** What was there: won for `balance`, pieces for `stock`. */
  readonly available?: number;
}

const conflictPatterns: readonly (readonly [RefusalReason, RegExp])[] = [
  [
    'balance',
    /(잔액|잔고|예치금|포인트|적립금)((?!재고|수량)[^.,;]){0,15}(부족|모자)|(insufficient|not enough|too low|lack of|low)\s+((?!stock|inventory)\w+\s+){0,2}(balance|funds|credits?|points|money)|\b(balance|funds|credits?|points)\b((?!stock|inventory)[^.,;]){0,30}(insufficient|not enough|not sufficient|too low|too small)/i,
  ],
  [
    'stock',
    /(재고|수량)((?!잔액|잔고|예치금|포인트|적립금)[^.,;]){0,15}(부족|모자|없|소진)|품절|매진|(insufficient|not enough|low|lack of|no)\s+((?!balance|funds)\w+\s+){0,2}(stock|inventory)|\b(stock|inventory)\b((?!balance|funds)[^.,;]){0,30}(insufficient|not enough|not sufficient|too low|depleted|exhausted|unavailable)|(sold out|out of stock)/i,
  ],
  [
    'in-progress',
    /(처리|진행)\s*중|in[ -]progress|(being|currently|still|already) process(ed|ing)|concurrent (request|payment)/i,
  ],
  [
    'order-state',
    /주문\s*상태|이미\s*(결제|취소|완료)|(취소|완료)된\s*주문|not payable|already (been )?(paid|cancell?ed|completed)|order (status|state)|order (is|was|has been) (already )?(paid|cancell?ed|completed)/i,
  ],
  [
    'key-reuse',
    /멱등[^.;]{0,20}(다른|재사용|이미\s*사용)|idempotency[^.;]{0,30}(different|another|re-?used|mismatch|already (been )?used)/i,
  ],
];

// A product's or a user's name can hold any of these words; what is in brackets is data, not the cause.
const withoutBrackets = (message: string): string => message.replace(/[([{][^()[\]{}]*[)\]}]/g, ' ');

const causeSaidIn = (message: string): RefusalReason | undefined => {
  const text = withoutBrackets(message);
  const found = conflictPatterns.filter(([, pattern]) => pattern.test(text));
  return found.length === 1 ? found[0]?.[0] : undefined;
};

const amountAfter = (message: string, labels: string): number | undefined => {
  const found = [...message.matchAll(new RegExp(`(?:${labels})[^\\d.;(]{0,12}?(\\d[\\d,]*)`, 'gi'))].at(-1)?.[1];
  const amount = found === undefined ? NaN : Number(found.replaceAll(',', ''));
  return Number.isSafeInteger(amount) ? amount : undefined;
};

const amountsIn = (reason: RefusalReason, message: string): Pick<Refusal, 'required' | 'available'> => {
  if (reason !== 'balance' && reason !== 'stock') return {};
  const required = amountAfter(message, '필요|요청|required|requested|needed|need');
  const available = amountAfter(
    message,
    reason === 'balance' ? '보유|현재|잔액|available|current|balance' : '재고|남은|available|remaining|stock|left',
  );
  return { ...(required !== undefined && { required }), ...(available !== undefined && { available }) };
};

const text = (json: unknown): string | undefined =>
  typeof json === 'string' ? json : typeof json === 'number' ? String(json) : undefined;

/**
 * Names the cause of a refusal: by its code first, then, for a conflict, by what its message says in Korean or
 * English. Nothing is guessed: a conflict that neither names (or whose message names two causes) is `unknown`.
 *
 * @param body the answer's text, JSON or not.
 */
export function classifyRefusal(profile: TargetProfile, status: number, body: string): Refusal {
  const json = parseJson(body);
  const code = text(valueAt(json, profile.errors.code));
  const message = text(valueAt(json, profile.errors.message));
  const said = { status, ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  const reasons = Object.entries(profile.refusals);
  const byCode = reasons.find(([, form]) => code !== undefined && form.codes.includes(code))?.[0];
  if (isReason(byCode)) return { reason: byCode, namedBy: 'code', ...said, ...amountsIn(byCode, message ?? '') };
  if (status >= 500) return { reason: 'server-error', namedBy: 'status', ...said };
  // Only conflicts are read by their words: another status is not in doubt about what it refuses.
  const byMessage = status === 409 || status === 422 ? causeSaidIn(message ?? '') : undefined;
  if (byMessage) return { reason: byMessage, namedBy: 'message', ...said, ...amountsIn(byMessage, message ?? '') };
  return { reason: 'unknown', namedBy: 'nothing', ...said };
}

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
