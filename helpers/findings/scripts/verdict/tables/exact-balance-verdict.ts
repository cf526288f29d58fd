import { stripVTControlCharacters } from 'node:util';
import { isSuccess } from '../same-answer.ts';
import type { ScriptContext } from '../../script-context.ts';
import { shellWord, template } from '../../lines/shell-words.ts';
import { sqlId, sqlName } from '../../lines/sql-words.ts';
import { scriptedTables } from '../../scripted-tables.ts';

const wrongBalance =
  /balance after a top-up that was ok\n[^]*?Expected pattern: \/\^\((\d+)\)\$\/\s+Received string: +"(\d+)"/;

/** Returns the lines for a balance beyond what a JSON number holds, read as text. */
export function exactBalanceVerdict({ finding, evidence, profile, ids }: ScriptContext): string[] | undefined {
  const [, due, seen] = wrongBalance.exec(stripVTControlCharacters(finding.evidence.error)) ?? [];
  const { balances } = scriptedTables(profile.tables);
  const [user, ...others] = ids.of('user');
  const last = evidence.exchanges.at(-1);
  const isWhole = profile.money.inTables !== 'decimal' || profile.money.decimals === 0;
  if (seen === undefined || seen === due || !balances || !user || others.length > 0 || !isWhole) return undefined;
  if (!last || !isSuccess(last)) return undefined;
  const [table, owner, balance] = [balances.table, balances.userId, balances.balance].map(sqlName);
  const statement = template`SELECT 'balance', ${balance ?? ''}, ${`'and not ${due ?? ''}'`} FROM ${table ?? ''} WHERE ${owner ?? ''} = ${sqlId(profile.ids.user, user)} AND ${balance ?? ''} = ${seen}`;
  return [`! succeeded ${last.place + 1} || shows_if_any 'the top-up is not added' ${shellWord(statement)}`];
}
