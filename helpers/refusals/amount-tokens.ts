/** The meaning of a word for a number beside it. */
export type Says =
  /** The number was asked for: `required`, `필요`. */
  | 'required'
  /** The number is available: `available`, `보유`. */
  | 'available'
  /** Something is requested; the number is its size only beside a size word or a unit: `order`, `결제`. */
  | 'intent'
  /** The number is a size: `amount`, `수량`. */
  | 'size'
  /** A request and its size in one: `total`. */
  | 'total'
  /** Alone, it names what is available: `balance`, `재고`. */
  | 'holding'
  /** It means neither, but may stand beside either: `points`, `포인트`. */
  | 'beside';

/** A piece of a message. */
export type AmountToken =
  | { readonly kind: 'number'; readonly amount: number; readonly hasUnit: boolean }
  | { readonly kind: 'word'; readonly says: Says }
  /** `glue` joins words, `joint` a label and its number, `break` separates clauses, `other` is not understood. */
  | { readonly kind: 'glue' | 'joint' | 'break' | 'other' };

type Vocabulary = Readonly<Record<Says, string>> & { readonly currency: string; readonly unit: string };

const required = '필요|요청|요구|required|requires?|requested|needed|needs?|asked for';
const available = [
  '(?:사용|구매|주문|결제|출금)\\s*가능',
  '보유|현재|가용|남은|잔여|남음|남았습니다|남아\\s*있습니다',
  'available|current|remaining|have|has|left',
].join('|');
const intent = '결제|주문|구매|사용(?!자)|payment|order|purchase';

const owner = (names: string): string => `(?:(?:${names}|사용자|회원|고객|user|customer)\\s*)?`;

// They share few words: a price says nothing about the stock.
const vocabularies: Readonly<Record<'balance' | 'stock', Vocabulary>> = {
  balance: {
    required,
    available,
    intent: `${intent}|출금|차감|withdrawal`,
    size: '금액|amount',
    total: '총액|합계|total',
    holding: `${owner('지갑|계좌|wallet|account')}(?:잔액|잔고|balance)`,
    beside: '포인트|적립금|예치금|points?|credits?|funds',
    currency: '₩|￦|krw|\\$',
    unit: '원|점|p|won|krw|points?|credits?',
  },
  stock: {
    required: `${required}|ordered`,
    available: `${available}|on hand`,
    intent,
    size: '수량|quantity|qty',
    total: '주문량|구매량',
    holding: `${owner('상품|제품|product|item')}(?:재고|stock|inventory)`,
    beside: '물량',
    currency: '(?!)',
    unit: '개|점|ea|pcs|pieces?|units?|items?(?:\\(s\\))?',
  },
};

const particles = '은|는|이|가|을|를|의|만|에|한|된|하신|하려는|하려면|밖에|뿐|하고';
const glue = [
  `(?:${particles})?(?:입니다|합니다|됩니다|있습니다|없습니다)|${particles}`,
  'the|your|you|is|are|was|there|of|in|only|just',
].join('|');
const conjunction = [
  '(?:이|하)?(?:지만|며|고|나)|(?:인|한)데|(?:으)?로|보다|그러나',
  'but|and|while|whereas|however|exceeds?|less|lower|than|vs|versus|for|with|to',
].join('|');

const pattern = ({ currency, unit, ...words }: Vocabulary): RegExp => {
  const number = `(?:(?:${currency})\\s*)?(?<digits>\\d{1,3}(?:,\\d{3})+|\\d+)`;
  const units = `(?:\\s*(?<unit>${unit})(?![a-z\\d]))?`;
  const anyNumber = `(?:(?:${currency})\\s*)?\\d`;
  return new RegExp(
    [
      // The digits of 5만, 1.5, 50.000, 12:30, 2026-01-01, ORD-12 and #12 are no whole numbers.
      `(?<![a-z\\d#.+~_-]|\\d[,:/])${number}(?![.,:/~-]?\\d|\\s*(?:[만천백억%]|[km]\\b))${units}`,
      ...Object.entries(words).map(([says, word]) => `(?<${says}>(?:${word})(?![a-z]))`),
      `(?<joint>[:=]|\\((?=\\s*${anyNumber}[\\d,]*\\s*(?:${unit})?\\s*\\)))`,
      `(?<glue>(?:${glue})(?!\\p{L}))`,
      `(?<break>(?:${conjunction})(?!\\p{L})|[()[\\]{},.;/|<>!?\\n-])`,
      "(?<other>[\\p{L}\\d][\\p{L}\\d'’]*|\\S)",
    ].join('|'),
    'gu',
  );
};

const patterns = { balance: pattern(vocabularies.balance), stock: pattern(vocabularies.stock) };

const isSays = (name: string): name is Says => name in vocabularies.stock;

// The name of a product may contain any words and numbers.
const thing = '(?:상품|제품|품목|product|item|article|sku)(?:\\s*명|\\s*name)?';
const names = new RegExp(`${thing}\\s*[:=]\\s*(?:\\d+(?=\\s)|[^,;/|)\\]]*)|"[^"]*"|“[^”]*”`, 'giu');

/** Splits a message into tokens, with the vocabulary of a refusal for this reason. */
export function amountTokens(reason: 'balance' | 'stock', message: string): AmountToken[] {
  const text = message
    .replace(names, ' ; ')
    // requiredAmount, required_amount
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return [...text.matchAll(patterns[reason])].map(({ groups = {} }): AmountToken => {
    const { digits, unit, ...kinds } = groups;
    if (digits !== undefined) {
      return { kind: 'number', amount: Number(digits.replaceAll(',', '')), hasUnit: unit !== undefined };
    }
    const [kind = 'other'] = Object.keys(kinds).filter((name) => kinds[name] !== undefined);
    if (kind === 'glue' || kind === 'joint' || kind === 'break') return { kind };
    return isSays(kind) ? { kind: 'word', says: kind } : { kind: 'other' };
  });
}
