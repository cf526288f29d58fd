import { isDeepStrictEqual } from 'node:util';
import { isRecord, parseJson } from '../../text/json.ts';

const diffPattern = /^- Expected +- \d+\n\+ Received +\+ \d+\n\n([^]*?)(?=\n\n|\n {2,}at |$(?![^]))/m;

/** Returns the value that some lines of a diff show; undefined where they are no JSON. */
const valueOf = (lines: readonly string[]): unknown =>
  parseJson(
    lines
      .map((line) => line.slice(2))
      .join('\n')
      .replaceAll(/\b(?:Array|Object) (?=[[{])/g, '')
      .replaceAll(/,(?=\s*(?:[\]}]|$))/g, ''),
  );

const text = (value: unknown): string =>
  value === undefined
    ? 'nothing'
    : JSON.stringify(value, undefined, 1)
        .replaceAll(/\n */g, ' ')
        .replaceAll(/([[{]) | (?=[\]}])/g, '$1');

const isObjects = (values: readonly unknown[]): boolean => values.every(isRecord);

/** Returns both values where they differ, a part of them each. */
const differences = (expected: unknown, received: unknown): (readonly [expected: string, received: string])[] => {
  if (isDeepStrictEqual(expected, received)) return [];
  if (isRecord(expected) && isRecord(received)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(received)])].flatMap((name) =>
      differences(expected[name], received[name]).map(
        ([one, other]) => [`"${name}": ${one}`, `"${name}": ${other}`] as const,
      ),
    );
  }
  if (Array.isArray(expected) && Array.isArray(received) && expected.length === received.length) {
    const others: readonly unknown[] = received;
    if (isObjects(expected) && isObjects(others)) return expected.flatMap((one, at) => differences(one, others[at]));
  }
  return [[text(expected), text(received)]];
};

/**
 * Returns what the diff in an assertion's error shows of the expected and of the received value, as JSON and no more of it
 * than differs; undefined where there is no diff of values that JSON can hold, or not all of it.
 */
export function comparedValues(error: string): { readonly expected: string; readonly received: string } | undefined {
  const lines = diffPattern.exec(error)?.[1]?.split('\n') ?? [];
  if (lines.length === 0 || lines.some((line) => line.startsWith('@@'))) return undefined;
  const [expected, received] = ['-', '+'].map((sign) =>
    valueOf(lines.filter((line) => line.startsWith(sign) || line.startsWith(' '))),
  );
  if (expected === undefined || received === undefined) return undefined;
  const found = differences(expected, received);
  if (found.length === 0) return undefined;
  return {
    expected: found.map(([one]) => one).join(', '),
    received: found.map(([, other]) => other).join(', '),
  };
}
