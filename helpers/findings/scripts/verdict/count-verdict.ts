import type { ScriptContext } from '../script-context.ts';
import { areAtOnce, numbersOf, sentWith } from './alike.ts';

/** Returns the lines that count how many requests succeeded; undefined where it is not known which are counted. */
export function countVerdict({ finding, evidence }: ScriptContext): string[] | undefined {
  const { at, numbers } = finding.evidence;
  const { exchanges } = evidence;
  const one = exchanges[at ?? -1];
  const { expected, requests } = numbers;
  if (!one || expected === undefined) return undefined;
  const counted = [
    sentWith(one, exchanges),
    exchanges.filter(({ call }) => call === one.call),
    exchanges.filter((other) => areAtOnce(one, other)),
  ].find(({ length }) => length === requests);
  if (!counted) return undefined;
  return [
    `succeeded=$(count_of ${numbersOf(counted)})`,
    `echo "  $succeeded of ${requests} requests succeeded; at most ${expected} may"`,
    `[ "$succeeded" -le ${expected} ] || shows "$succeeded requests succeeded, at most ${expected} may"`,
  ];
}
