import { amountTokens, type AmountToken, type Says } from './amount-tokens.ts';

/** Amounts that a refusal states: won for `balance`, pieces for `stock`. */
export interface StatedAmounts {
  readonly required?: number;
  readonly available?: number;
}

type Label = ReadonlySet<Says>;

const unlabelled: Label = new Set();

/** Returns the words before the first token of another kind, and that kind. */
function wordsUpTo(tokens: readonly AmountToken[]): { words: Label; end: AmountToken['kind'] | undefined } {
  const words = new Set<Says>();
  for (const token of tokens) {
    if (token.kind === 'word') words.add(token.says);
    else if (token.kind !== 'glue') return { words, end: token.kind };
  }
  return { words, end: undefined };
}

/** Returns the words between the start of a number's clause and the number; undefined where one is not understood. */
function labelBefore(tokens: readonly AmountToken[], index: number): Label | undefined {
  const isJoined = tokens[index - 1]?.kind === 'joint';
  const { words, end } = wordsUpTo(tokens.slice(0, isJoined ? index - 1 : index).toReversed());
  if (end === 'other') return isJoined ? unlabelled : undefined;
  return end === 'number' && !isJoined ? undefined : words;
}

/** Returns the words between a number and the end of its clause; undefined where one is not understood. */
function labelBehind(tokens: readonly AmountToken[], index: number): Label | undefined {
  const { words, end } = wordsUpTo(tokens.slice(index + 1));
  // These words label the next number.
  if (end === 'joint') return unlabelled;
  return end === 'other' || end === 'number' ? undefined : words;
}

function kindOf(label: Label, hasUnit: boolean): keyof StatedAmounts | undefined {
  const isIntended = label.has('total') || (label.has('intent') && (label.has('size') || hasUnit));
  if (label.has('required') || isIntended) {
    const isInDoubt = label.has('available') || (label.has('holding') && !label.has('required'));
    return isInDoubt ? undefined : 'required';
  }
  if (label.has('intent')) return undefined;
  return label.has('available') || label.has('holding') ? 'available' : undefined;
}

/**
 * Reads the required and the available amount from a message in Korean or English. A number counts only when the words
 * around it are unambiguous; an amount that is stated twice with different numbers is not read at all.
 */
export function statedAmounts(reason: 'balance' | 'stock', message: string): StatedAmounts {
  const tokens = amountTokens(reason, message);
  const found = tokens.flatMap((token, index) => {
    if (token.kind !== 'number') return [];
    const labels = [labelBefore(tokens, index), labelBehind(tokens, index)].filter((label) => label?.size !== 0);
    const kinds = new Set(labels.map((label) => label && kindOf(label, token.hasUnit)));
    return kinds.size === 1 ? [...kinds].map((kind) => ({ kind, amount: token.amount })) : [];
  });
  const only = (kind: keyof StatedAmounts): StatedAmounts => {
    const [amount, ...others] = new Set(found.filter((one) => one.kind === kind).map((one) => one.amount));
    return amount !== undefined && others.length === 0 && Number.isSafeInteger(amount) ? { [kind]: amount } : {};
  };
  return { ...only('required'), ...only('available') };
}
