import type { RefusalReason } from '../profile/refusal-forms.ts';

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

/** Words of a gateway, which may add why: a decline for lack of funds names the balance. */
const declinedPattern = pattern(
  '(?:결제|카드|승인|거래)[^.,;]{0,12}(?:거절|거부|불허)',
  `\\b(?:payment|card|charge|transaction|authori[sz]ation)\\b[^.,;]{0,20}\\b(?:declined|denied|rejected)\\b`,
  '\\bdeclined by (?:the |your )?(?:\\w+ )?(?:bank|issuer|gateway|processor|provider)\\b',
  '\\b(?:gateway|issuer|bank|processor) (?:has )?(?:declined|denied|rejected)\\b',
);

/** Returns a message without its texts in brackets or quotes: a product's or a user's name can contain any words. */
export const withoutData = (message: string): string => {
  const shorter = message.replace(/[([{][^()[\]{}]*[)\]}]|["“][^"”]*["”]|(?<![\w’])'[^']*'(?!\w)/g, ' ');
  // An opening bracket that is left has lost its end where the message was cut.
  return shorter === message ? message.replace(/[([{].*$/s, ' ') : withoutData(shorter);
};

/** Returns the conflict that the words of a message name, in Korean or English; undefined where none or two. */
export const causeSaidIn = (message: string): RefusalReason | undefined => {
  const text = withoutData(message).replace(/[_-]/g, ' ');
  const found = conflictPatterns.filter(([, causePattern]) => causePattern.test(text));
  if (found.length === 0 && declinedPattern.test(text)) return 'declined';
  return found.length === 1 ? found[0]?.[0] : undefined;
};
