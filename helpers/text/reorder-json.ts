import { isRecord, parseJson } from './json.ts';

/** Returns the same JSON as another client might write it: the fields of every object in reverse order, indented. */
export function reorderJson(body = '{}'): string {
  return `\n${JSON.stringify(reversed(parseJson(body)), undefined, 3)}\n`;
}

const reversed = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(reversed);
  if (!isRecord(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .map(([name, value]) => [name, reversed(value)])
      .toReversed(),
  );
};
