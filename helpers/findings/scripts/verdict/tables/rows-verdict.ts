import { stripVTControlCharacters } from 'node:util';
import { moneyCodec } from '../../../../profile/money-codec.ts';
import type { ScriptContext } from '../../script-context.ts';
import { shellWord, template, type Template } from '../../shell-words.ts';
import { sqlName, sqlValue } from '../../sql-words.ts';
import { scriptedTables } from '../../scripted-tables.ts';

/** Returns the lines for a number of orders that an assertion did not expect, where the tables show it in the end. */
function wrongCount({ finding, evidence, profile }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /Expected: (\d+)\s+Received: (\d+)/.exec(error) ?? [];
  const isAllOrders = evidence.exchanges.every(({ call }) => call === 'createOrder');
  if (finding.call !== 'createOrder' || !isAllOrders || seen === undefined || seen === wanted) return undefined;
  if (Number(seen) !== evidence.after.orders.length) return undefined;
  const { table, userId } = scriptedTables(profile.tables).orders;
  return template`SELECT COUNT(*), 'orders' FROM ${sqlName(table)} WHERE ${sqlName(userId)} IN (${{ variable: 'own_users' }}) HAVING COUNT(*) = ${seen}`;
}

/** Returns the lines for the total of the only order, where it is not the expected one. */
function wrongTotal({ evidence, profile }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /"totals": Array \[\n- +(\d+),\n\+ +(\d+),/.exec(error) ?? [];
  const [order, ...others] = evidence.after.orders;
  if (seen === undefined || seen === wanted || others.length > 0 || order?.total !== Number(seen)) return undefined;
  const { table, userId, total } = scriptedTables(profile.tables).orders;
  const { toTable } = moneyCodec(profile.money);
  return template`SELECT 'order', ${sqlName(total)} FROM ${sqlName(table)} WHERE ${sqlName(userId)} IN (${{ variable: 'own_users' }}) AND ${sqlName(total)} = ${sqlValue(toTable(Number(seen)))}`;
}

/** Returns the lines that look whether there are again as many orders, or one of such a total, as there may not be. */
export function rowsVerdict(context: ScriptContext): string[] | undefined {
  const error = stripVTControlCharacters(context.finding.evidence.error);
  const statement = wrongCount(context, error) ?? wrongTotal(context, error);
  return statement && [`shows_if_any 'orders are as they may not be' ${shellWord(statement)}`];
}
