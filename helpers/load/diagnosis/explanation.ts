import { groupedInWords } from '../../profile/amount-in-words.ts';
import { ranWithoutDatabase } from '../audit/load-ledger.ts';
import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';

/** Explanation of a cause of refusals: the part of a diagnosis that does not depend on how many there were. */
export interface Explanation {
  readonly cause: string;
  /** Goes on after "N of M requests". */
  readonly said: string;
  /** The remedy in a few words: goes on after the colon. */
  readonly inShort: string;
  readonly remedy: string;
  readonly evidence: readonly string[];
}

/** Formats a whole number for people. */
export const count = (value: number): string => value.toLocaleString('en-US');

const maxSampleLength = 240;

export const shortSample = (text: string): string =>
  text.length > maxSampleLength ? `${text.slice(0, maxSampleLength)}…` : text;

/** Returns where balances and stock were seen, in a few words. */
const seenIn = ({ ledger }: Pick<MergedRun, 'ledger'>): string =>
  ranWithoutDatabase(ledger) ? 'as the API shows it' : 'in the tables';

/** Describes what the account and the product of the first refused request held. */
export const rowsOfFirst = (
  run: Pick<MergedRun, 'ledger' | 'decimals'>,
  { before, then, userId, productId, amount }: Cause,
): string[] => [
  ...(then?.balance === undefined
    ? []
    : [
        `user ${userId} held ${groupedInWords(then.balance, run)} ${seenIn(run)} when ${groupedInWords(amount, run)} were refused` +
          (before?.balance === undefined ? '' : ` (${groupedInWords(before.balance, run)} before the run)`),
      ]),
  ...(then?.stock === undefined
    ? []
    : [
        `product ${productId} had ${count(then.stock)} in stock` +
          (before?.stock === undefined ? '' : ` (${count(before.stock)} before the run)`),
      ]),
];
