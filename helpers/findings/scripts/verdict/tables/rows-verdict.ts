import { stripVTControlCharacters } from 'node:util';
import { moneyCodec } from '../../../../profile/money-codec.ts';
import { orderStateOf } from '../../../../profile/order-state.ts';
import type { ScriptContext } from '../../script-context.ts';
import { shellWord, template, type Template } from '../../lines/shell-words.ts';
import { sqlId, sqlName, sqlValue } from '../../lines/sql-words.ts';
import { scriptedTables } from '../../scripted-tables.ts';

/** Returns the statement for a number of orders that an assertion did not expect, where the tables show it in the end. */
function wrongCount({ finding, evidence, profile }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /Expected: (\d+)\s+Received: (\d+)/.exec(error) ?? [];
  const isAllOrders = evidence.exchanges.every(({ call }) => call === 'createOrder');
  if (finding.call !== 'createOrder' || !isAllOrders || seen === undefined || seen === wanted) return undefined;
  if (Number(seen) !== evidence.after.orders.length) return undefined;
  const { table, userId } = scriptedTables(profile.tables).orders;
  return template`SELECT COUNT(*), 'orders' FROM ${sqlName(table)} WHERE ${sqlName(userId)} IN (${{ variable: 'own_users' }}) HAVING COUNT(*) = ${seen}`;
}

/** Returns the statement for the total of the only order, where it is not the expected one. */
function wrongTotal({ evidence, profile }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /"totals": Array \[\n- +(\d+),\n\+ +(\d+),/.exec(error) ?? [];
  const [order, ...others] = evidence.after.orders;
  if (seen === undefined || seen === wanted || others.length > 0 || order?.total !== Number(seen)) return undefined;
  const { table, userId, total } = scriptedTables(profile.tables).orders;
  const { toTable } = moneyCodec(profile.money);
  return template`SELECT 'order', ${sqlName(total)} FROM ${sqlName(table)} WHERE ${sqlName(userId)} IN (${{ variable: 'own_users' }}) AND ${sqlName(total)} = ${sqlValue(toTable(Number(seen)))}`;
}

/** Returns the statement for orders that are all in one state, where one of them was expected in another. */
function wrongState({ evidence, profile }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /^-\s+"(\w+)",\n\+\s+"(\w+)",$/m.exec(error) ?? [];
  const { orders } = evidence.after;
  const [order] = orders;
  const isIn = (state: string | undefined): boolean =>
    orders.some(({ status }) => orderStateOf(profile, status) === state);
  if (!order || !isIn(seen) || isIn(wanted) || new Set(orders.map(({ status }) => status)).size > 1) return undefined;
  const { table, userId, status } = scriptedTables(profile.tables).orders;
  const own = template`FROM ${sqlName(table)} WHERE ${sqlName(userId)} IN (${{ variable: 'own_users' }})`;
  return template`SELECT COUNT(*), 'orders', ${sqlValue(order.status)} ${own} AND ${sqlName(status)} = ${sqlValue(order.status)} HAVING COUNT(*) = ${String(orders.length)}`;
}

/** Returns the statement for the price of the only product, where it is not the expected one. */
function wrongPrice({ evidence, profile, ids }: ScriptContext, error: string): Template | undefined {
  const [, wanted, seen] = /^-\s+"price": (\d+),\n\+\s+"price": (\d+),$/m.exec(error) ?? [];
  const [product, ...others] = evidence.after.products;
  const own = product && ids.variable('product', product.productId);
  if (!own || seen === undefined || seen === wanted || others.length > 0) return undefined;
  if (product.price !== Number(seen)) return undefined;
  const { table, id, price } = scriptedTables(profile.tables).products;
  const value = sqlValue(moneyCodec(profile.money).toTable(Number(seen)));
  return template`SELECT 'product', ${sqlName(price)} FROM ${sqlName(table)} WHERE ${sqlName(id)} = ${sqlId(profile.ids.product, own)} AND ${sqlName(price)} = ${value}`;
}

/** Returns the lines that look whether orders and products are again as they may not be. */
export function rowsVerdict(context: ScriptContext): string[] | undefined {
  const error = stripVTControlCharacters(context.finding.evidence.error);
  const { interventions, exchanges } = context.evidence;
  // While a row was held or an answer was lost, the tables may have been looked at before the end.
  const isOfTheEnd =
    interventions.every(({ what }) => what !== 'hold') && exchanges.every(({ status }) => status !== undefined);
  const parts = [wrongCount, wrongTotal, ...(isOfTheEnd ? [wrongState, wrongPrice] : [])];
  for (const part of parts) {
    const statement = part(context, error);
    if (statement) return [`shows_if_any 'the tables are as they may not be' ${shellWord(statement)}`];
  }
  return undefined;
}
