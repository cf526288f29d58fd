import { isRecord, parseJson } from './json.ts';

/** The same JSON as other clients write it: the fields of every object the other way round, indented. */
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
