import { scriptedTables } from '../scripted-tables.ts';
import { moneyCodec } from '../../../profile/money-codec.ts';
import type { Intervention } from '../../deviations/deviation.ts';
import type { ScheduledStep } from '../schedule.ts';
import type { ScriptContext } from '../script-context.ts';
import { namedOrder } from './named-order.ts';
import { quoted, shellWord, template, type Template, type Variable } from './shell-words.ts';
import { sqlId, sqlName, sqlValue } from './sql-words.ts';

/** Returns the variable of the row that a scenario changed or held; undefined where the script has no such row. */
const variableOf = ({ row, id }: Intervention, { ids }: ScriptContext): Variable | undefined => {
  if (row === 'product' || row === 'order') return ids.variable(row, id);
  return ids.variable('user', id);
};

const heldRows = (intervention: Intervention, own: Variable, { profile }: ScriptContext): Template[] => {
  const { users, balances, products, orders, keys } = scriptedTables(profile.tables);
  const { ids } = profile;
  const held = (table: string, column: string, id: Template): Template =>
    template`SELECT 1 FROM ${sqlName(table)} WHERE ${sqlName(column)} = ${id} FOR UPDATE;`;
  switch (intervention.row) {
    case 'user':
      return [held(users.table, users.id, sqlId(ids.user, own))];
    case 'balance':
      return balances ? [held(balances.table, balances.userId, sqlId(ids.user, own))] : [];
    case 'product':
      return [held(products.table, products.id, sqlId(ids.product, own))];
    case 'order':
      return [held(orders.table, orders.id, sqlId(ids.order, own))];
    case 'new-key':
      return keys
        .filter(({ table }) => intervention.tables?.includes(table))
        .flatMap(({ table, userId }) => (userId === undefined ? [] : [held(table, userId, sqlId(ids.user, own))]));
  }
};

const holdLine = (intervention: Intervention, own: Variable, context: ScriptContext): string => {
  // READ COMMITTED locks no gaps, where the row of a key will be.
  const gaps = intervention.row === 'new-key' ? 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; ' : '';
  const rows = heldRows(intervention, own, context).flatMap((row): Template => [' ', ...row]);
  return `hold ${shellWord([`${gaps}START TRANSACTION;`, ...rows])}`;
};

/** Twice as often as this a row is changed, so that the transaction outweighs that of a request. */
const pairsOfChanges = 75;

/** Returns the line that makes a transaction which waits for the held row the victim of a deadlock. */
const deadlockLines = ({ over = [], ballast }: Intervention, context: ScriptContext): string[] => {
  const { profile, ids } = context;
  const { table, id, stock } = scriptedTables(profile.tables).products;
  const weight = ballast === undefined ? undefined : ids.variable('product', ballast);
  if (!weight) return [];
  const changed = (sign: string): Template =>
    template`UPDATE ${sqlName(table)} SET ${sqlName(stock)} = ${sqlName(stock)} ${sign} 1 WHERE ${sqlName(id)} = ${sqlId(profile.ids.product, weight)};`;
  const locks = over.flatMap(({ row, id: ofRow }): Template[] => {
    const intervention: Intervention = { what: 'hold', row, id: ofRow, atMs: 0 };
    const own = variableOf(intervention, context);
    return own ? heldRows(intervention, own, context) : [];
  });
  const pair = shellWord([...changed('+'), ' ', ...changed('-')]);
  return [`force_deadlock ${pairsOfChanges} ${[pair, ...locks.map(shellWord)].join(' ')}`];
};

const changeLines = (intervention: Intervention, own: Variable, context: ScriptContext): string[] => {
  const { profile } = context;
  const { balances, products, orders, keys } = scriptedTables(profile.tables);
  const { toTable } = moneyCodec(profile.money);
  const { what, amount = 0, value = '', call } = intervention;
  const set = (table: string, column: string, value: string, id: string, ownId: Template): string[] => [
    `sql_again ${shellWord(template`UPDATE ${sqlName(table)} SET ${sqlName(column)} = ${value} WHERE ${sqlName(id)} = ${ownId}`)} ||`,
    "  cannot 'a row cannot be changed'",
  ];
  const ofCall = keys.flatMap(({ userId, ...table }) => {
    const isOfCall = table.of === undefined || (call !== undefined && table.of.includes(call));
    return isOfCall && userId !== undefined ? [{ ...table, userId }] : [];
  });
  const user = sqlId(profile.ids.user, own);
  const product = sqlId(profile.ids.product, own);
  const added = (column: string): string => `${sqlName(column)} + ${sqlValue(toTable(amount))}`;
  switch (what) {
    case 'balance':
      return balances ? set(balances.table, balances.balance, added(balances.balance), balances.userId, user) : [];
    case 'set-balance':
      return balances ? set(balances.table, balances.balance, sqlValue(value), balances.userId, user) : [];
    case 'no-balance':
      return balances
        ? [
            `sql_again ${shellWord(template`DELETE FROM ${sqlName(balances.table)} WHERE ${sqlName(balances.userId)} = ${user}`)} ||`,
            "  cannot 'a row cannot be removed'",
          ]
        : [];
    case 'stock':
      return set(products.table, products.stock, `${sqlName(products.stock)} + ${amount}`, products.id, product);
    case 'price':
      return set(products.table, products.price, sqlValue(toTable(amount)), products.id, product);
    case 'order-status':
      return set(orders.table, orders.status, sqlValue(value), orders.id, sqlId(profile.ids.order, own));
    case 'expire-keys':
      return ofCall.flatMap(({ table, userId, expiresAt }) =>
        expiresAt === undefined
          ? []
          : [`age_keys ${quoted(table)} ${quoted(userId)} ${shellWord(user)} '2 YEAR' ${quoted(expiresAt)}`],
      );
    case 'age-keys':
      return ofCall.map(
        ({ table, userId }) => `age_keys ${quoted(table)} ${quoted(userId)} ${shellWord(user)} '1 MINUTE'`,
      );
    case 'shorten-keys':
      return ofCall.flatMap(({ table, userId, expiresAt }) =>
        expiresAt === undefined
          ? []
          : [
              `sql_again ${shellWord(template`UPDATE ${sqlName(table)} SET ${sqlName(expiresAt)} = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE ${sqlName(userId)} = ${user}`)}`,
            ],
      );
    case 'purge-keys':
      return ofCall.map(
        ({ table, userId }) =>
          `sql_again ${shellWord(template`DELETE FROM ${sqlName(table)} WHERE ${sqlName(userId)} = ${user}`)}`,
      );
    case 'kill':
      return ['kill_waiting'];
    case 'deadlock':
      return deadlockLines(intervention, context);
    case 'hold':
      return [];
  }
};

/** Returns whether a script can do it too: it cannot find out whose it is that waits for the place of a key. */
const isRepeatable = ({ what, row }: Intervention): boolean => !(what === 'kill' && row === 'new-key');

const orderLines = (places: readonly number[], { ids, profile, evidence }: ScriptContext): string[] =>
  places.flatMap((place) => {
    const order = ids.orderNamedBy(place);
    if (!order) return [];
    const isNeeded = evidence.exchanges.some((one) => ids.orderOf(one) === order);
    return [
      `${order.variable}=${namedOrder(profile, place + 1)}`,
      ...(isNeeded ? [`needed ${place + 1} "$${order.variable}" order`] : []),
    ];
  });

/**
 * Returns the lines of the steps; undefined where one of them cannot be done again.
 *
 * @param held lines that look at what is so before a held row is released
 */
export function stepLines(
  steps: readonly ScheduledStep[],
  context: ScriptContext,
  held: readonly string[] = [],
): string[] | undefined {
  const lines: string[] = [];
  for (const step of steps) {
    switch (step.do) {
      case 'send':
        lines.push(`${context.evidence.isUnforced ? 'start_at_once' : 'start'} ${step.exchange.place + 1}`);
        break;
      case 'await':
        lines.push(`await ${step.places.map((place) => place + 1).join(' ')}`, ...orderLines(step.places, context));
        break;
      case 'pile-up':
        lines.push(`pile_up ${step.requests}`);
        break;
      case 'release':
        lines.push(...(step.afterMs > 0 ? [`sleep ${(step.afterMs / 1000).toFixed(1)}`] : []), ...held, 'release');
        break;
      case 'hold':
      case 'change': {
        const intervention = step.do === 'hold' ? step.row : step.change;
        const own = variableOf(intervention, context);
        if (!own || !isRepeatable(intervention)) return undefined;
        if (step.do === 'hold') lines.push(holdLine(intervention, own, context));
        else lines.push(...changeLines(intervention, own, context));
      }
    }
  }
  return lines;
}
