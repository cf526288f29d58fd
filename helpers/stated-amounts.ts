/** What a refusal says about sizes: won for `balance`, pieces for `stock`. */
export interface StatedAmounts {
  readonly required?: number;
  readonly available?: number;
}

interface Labels {
  /** Says what was asked for. */
  readonly required: string;
  /** Says what was there. */
  readonly available: string;
  /** Says neither, but may stand beside either: `required balance`, `현재 잔액`. */
  readonly beside: string;
}

const required = '필요|요청|요구|required|requested|needed|need';
const beside = '한|된|the|your|amount|금액';

const labelsOf: Readonly<Record<'balance' | 'stock', Labels>> = {
  balance: {
    required,
    available: '보유|현재|사용\\s*가능|available|current|remaining|have',
    beside: `${beside}|잔액|잔고|포인트|balance|points|credits?|funds`,
  },
  stock: {
    required: `${required}|주문|ordered`,
    available: '현재|보유|남은|잔여|가용|available|current|remaining|left',
    beside: `${beside}|재고|수량|stock|inventory|quantity|qty|in`,
  },
};

// On their own, these name what is there.
const holdings = /잔액|잔고|재고|balance|stock|inventory/;

const kindOf = (label: string, { required, available, beside }: Labels): keyof StatedAmounts | undefined => {
  const words = label
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
  if (!new RegExp(`^(?:(?:${required}|${available}|${beside})\\s*)+$`).test(words)) return undefined;
  const saysRequired = new RegExp(required).test(words);
  const saysAvailable = new RegExp(available).test(words);
  if (saysRequired) return saysAvailable ? undefined : 'required';
  return saysAvailable || holdings.test(words) ? 'available' : undefined;
};

const number = String.raw`(?:₩|￦|KRW|\$)?\s*(\d{1,3}(?:,\d{3})+|\d+)`;
const unit = String.raw`\s*(?:원|개|점|won\b|KRW\b|pcs\b|pieces?\b|points?\b)?`;
// 5만, 1.5, 50.000, 12:30, 2026-01-01, and "50000 more" are other numbers than they seem.
const notOnlyPart = String.raw`(?!\d|[.,:-]\d|\s*(?:[만천백억%]|[km]\b))(?!${unit}\s*(?:more|short|추가|부족|더))`;

const labelledAmounts = [
  // `required: 50000`, `필요 금액=50,000원`
  new RegExp(String.raw`(?<=^|[([{,.;:/|<>-]|\d${unit})\s*([^\d([{,.;:=/|<>-]+)[:=]\s*${number}${notOnlyPart}`, 'gi'),
  // `(required 50000, available 1000)`
  new RegExp(
    String.raw`(?<=^|[(,])\s*([^\d([{,.;:=/|<>-]+?)\s*${number}${notOnlyPart}${unit}(?=\s*(?:[),.;]|$))`,
    'gi',
  ),
];

/**
 * Reads how much was required and available out of a message in Korean or English. Only a number that its label
 * leaves no doubt about counts; a size that is said twice with different numbers is not read at all.
 */
export function statedAmounts(reason: 'balance' | 'stock', message: string): StatedAmounts {
  const found = labelledAmounts
    .flatMap((pattern) => [...message.matchAll(pattern)])
    .map(([, label = '', digits = '']) => ({
      kind: kindOf(label, labelsOf[reason]),
      amount: Number(digits.replaceAll(',', '')),
    }));
  const only = (kind: keyof StatedAmounts): StatedAmounts => {
    const [amount, ...others] = new Set(found.filter((one) => one.kind === kind).map((one) => one.amount));
    return amount !== undefined && others.length === 0 && Number.isSafeInteger(amount) ? { [kind]: amount } : {};
  };
  return { ...only('required'), ...only('available') };
}
