import type { ScriptContext } from '../../script-context.ts';
import { shellWord } from '../../lines/shell-words.ts';
import { tableStatements } from './table-statements.ts';

/** Returns the lines that look for lines of an order that is not there. */
export function orphanVerdict({ finding, profile }: ScriptContext): string[] | undefined {
  if (finding.kind !== 'order-incomplete' || !/\bline of order \S+, which is not there/.test(finding.sentence))
    return undefined;
  return [
    `shows_if_any 'a line of an order that is not there' ${shellWord(tableStatements(profile).lineWithoutOrder)}`,
  ];
}
