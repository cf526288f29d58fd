import { stripVTControlCharacters } from 'node:util';
import { errorPaths } from '../../../profile/target-profile.ts';
import { parseJson, valueAt } from '../../../text/json.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';

/** Returns the lines that look whether a message is still not in English, where English was asked for. */
export function englishVerdict({ finding, evidence, profile }: ScriptContext): string[] | undefined {
  const [, text] =
    /Script=Hangul[^]*?Received string: +"([^\n]+)"/.exec(stripVTControlCharacters(finding.evidence.error)) ?? [];
  if (text === undefined) return undefined;
  const asked = evidence.exchanges.find(
    ({ headers = {}, answer }) => headers['accept-language'] === 'en' && answer?.includes(text),
  );
  const json = parseJson(asked?.answer ?? '');
  const message = errorPaths(profile.errors.message).find((path) => valueAt(json, path) !== undefined);
  if (!asked || message === undefined) return undefined;
  const number = asked.place + 1;
  return [
    `! { [ "$(status ${number})" = ${asked.status ?? 0} ] && field ${number} ${quoted(message)} | grep -q '[^ -~]'; } ||`,
    "  shows 'the message is not in English'",
  ];
}
