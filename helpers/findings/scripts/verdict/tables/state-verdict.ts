import { scriptedTables } from '../../scripted-tables.ts';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../../../text/json.ts';
import { moneyCodec } from '../../../../profile/money-codec.ts';
import { orderStateOf } from '../../../../profile/order-state.ts';
import { groupedBy } from '../../../../text/words/grouped-by.ts';
import type { ScriptContext } from '../../script-context.ts';
import { joinedBy, shellWord, template, type Template } from '../../lines/shell-words.ts';
import { sqlId, sqlName, sqlValue } from '../../lines/sql-words.ts';

const stateNames = ['balances', 'stock', 'orders', 'payments'] as const;

type StateName = (typeof stateNames)[number];

/** Whose balance or stock it is counts; orders and payments come in any order. */
const isSame = (name: StateName, some: readonly string[], others: readonly string[]): boolean =>
  name === 'balances' || name === 'stock'
    ? JSON.stringify(some) === JSON.stringify(others)
    : JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted());

/** Returns the state that an assertion expected and the one that it got, as far as its error shows the difference. */
function comparedStates(error: string): Partial<Record<StateName, { expected: string[]; received: string[] }>> {
  const [first = ''] = stripVTControlCharacters(error).split(/\n(?=\w*Error: )/);
  const [, difference = ''] = first.split(/\n- Expected +- \d+\n\+ Received +\+ \d+\n/);
  const states: Partial<Record<StateName, { expected: string[]; received: string[] }>> = {};
  // What is left out of the middle could be anything.
  if (difference.includes('\n@@')) return states;
  let name: StateName | undefined;
  for (const line of difference.split('\n')) {
    const [, named] = /^[-+ ]\s+"(\w+)": Array \[/.exec(line) ?? [];
    if (named !== undefined) {
      name = stateNames.find((one) => one === named);
      if (name) states[name] ??= { expected: [], received: [] };
    }
    const [, sign, number, text] = /^([-+ ])\s+(?:(-?\d+)|"([^"]*)"),?$/.exec(line) ?? [];
    const value = number ?? text;
    if (name === undefined || value === undefined) continue;
    if (sign !== '+') states[name]?.expected.push(value);
    if (sign !== '-') states[name]?.received.push(value);
  }
  return states;
}

/** In the error of an assertion that looks at the tables once a request is over, and nothing is held any more. */
const afterFailure = /^Error: nothing or all of it in the tables after the failure\n[^]*?^Expected value: ([^\n]+)$/m;

const stateSchema = z.record(
  z.enum(stateNames),
  z.array(z.union([z.number(), z.string()]).transform(String)).optional(),
);

/** Returns the state that was none of those that are allowed. */
const wholeState = (error: string): Partial<Record<StateName, string[] | undefined>> | undefined =>
  stateSchema.safeParse(parseJson(afterFailure.exec(stripVTControlCharacters(error))?.[1] ?? '')).data;

/**
 * Returns which parts of the tables' state in the end are what an assertion got and did not expect: only then is that
 * state one that the promise excludes.
 */
function wrongParts({ finding, evidence, profile }: ScriptContext, isOfHold: boolean): StateName[] {
  const { after } = evidence;
  const inTheEnd: Readonly<Record<StateName, string[]>> = {
    balances: after.accounts.map(({ balance }) => String(balance)),
    stock: after.products.map(({ stock }) => String(stock)),
    orders: after.orders.map(({ status }) => orderStateOf(profile, status)),
    payments: after.payments.map(({ amount }) => String(amount)),
  };
  const whole = wholeState(finding.evidence.error);
  if (whole && stateNames.every((name) => !whole[name] || isSame(name, whole[name], inTheEnd[name]))) {
    return stateNames.filter((name) => whole[name] !== undefined);
  }
  // While a row was held or an answer was lost, the state may have been looked at before the end.
  if (evidence.interventions.some(({ what }) => what === 'hold') !== isOfHold) return [];
  if (evidence.exchanges.some(({ status }) => status === undefined)) return [];
  const compared = comparedStates(finding.evidence.error);
  return stateNames.filter((name) => {
    const { expected, received } = compared[name] ?? {};
    if (!expected || !received) return false;
    return isSame(name, received, inTheEnd[name]) && !isSame(name, expected, inTheEnd[name]);
  });
}

const counts = <Row>(rows: readonly Row[], value: (row: Row) => string | number): [string | number, number][] =>
  [...groupedBy(rows, value)].map(([one, group]) => [one, group.length]);

/** Returns the lines that look whether the tables are again in the state that the promise excludes. */
export function stateVerdict(context: ScriptContext): string[] | undefined {
  const statement = stateStatement(context, false);
  return statement && [`shows_if_any 'the tables are as they may not be' ${shellWord(statement)}`];
}

/** Returns the lines that look, while the row of a key is held, whether its request has taken effect without it. */
export function heldVerdict(context: ScriptContext): string[] | undefined {
  const { interventions } = context.evidence;
  const isOfKey = interventions.some(({ what, row }) => what === 'hold' && row === 'new-key');
  if (context.finding.kind !== 'written-but-not-answered' || !isOfKey) return undefined;
  const statement = stateStatement(context, true);
  return (
    statement && [
      // Who waits for nothing may have committed by now.
      `[ "$(waiting)" = 0 ] || shows_if_any 'it took effect while its key is not recorded' ${shellWord(statement)}`,
    ]
  );
}

function stateStatement(context: ScriptContext, isOfHold: boolean): Template | undefined {
  const { evidence, profile, ids } = context;
  const parts = wrongParts(context, isOfHold);
  const { balances, products, orders, payments } = scriptedTables(profile.tables);
  const { toTable } = moneyCodec(profile.money);
  const { after } = evidence;
  const own: Template = [`${sqlName(orders.userId)} IN (`, { variable: 'own_users' }, ')'];
  const conditions: Readonly<Record<StateName, () => Template[]>> = {
    balances: () =>
      after.accounts.flatMap(({ userId, balance }) => {
        const user = ids.variable('user', userId);
        return user && balances
          ? [
              template`(SELECT ${sqlName(balances.balance)} FROM ${sqlName(balances.table)} WHERE ${sqlName(balances.userId)} = ${sqlId(profile.ids.user, user)}) = ${sqlValue(toTable(balance))}`,
            ]
          : [];
      }),
    stock: () =>
      after.products.flatMap(({ productId, stock }) => {
        const product = ids.variable('product', productId);
        return product
          ? [
              template`(SELECT ${sqlName(products.stock)} FROM ${sqlName(products.table)} WHERE ${sqlName(products.id)} = ${sqlId(profile.ids.product, product)}) = ${String(stock)}`,
            ]
          : [];
      }),
    orders: () => {
      const of = template`(SELECT COUNT(*) FROM ${sqlName(orders.table)} WHERE ${own}`;
      return [
        template`${of}) = ${String(after.orders.length)}`,
        ...counts(after.orders, ({ status }) => status).map(
          ([status, count]) => template`${of} AND ${sqlName(orders.status)} = ${sqlValue(status)}) = ${String(count)}`,
        ),
      ];
    },
    payments: () => {
      const { succeeded } = payments;
      const success = succeeded ? ` AND p.${sqlName(succeeded.column)} = ${sqlValue(succeeded.value)}` : '';
      const of = template`(SELECT COUNT(*) FROM ${sqlName(payments.table)} p JOIN ${sqlName(orders.table)} o ON o.${sqlName(orders.id)} = p.${sqlName(payments.orderId)} WHERE o.${own}${success}`;
      return [
        template`${of}) = ${String(after.payments.length)}`,
        ...counts(after.payments, ({ amount }) => amount).map(
          ([amount, count]) =>
            template`${of} AND p.${sqlName(payments.amount)} = ${sqlValue(toTable(Number(amount)))}) = ${String(count)}`,
        ),
      ];
    },
  };
  const all = parts.flatMap((part) => conditions[part]());
  if (all.length === 0) return undefined;
  return template`SELECT 'again' FROM DUAL WHERE ${joinedBy(' AND ', all)}`;
}
