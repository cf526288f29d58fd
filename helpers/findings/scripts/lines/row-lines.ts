import { lineTable } from '../../../profile/tables.ts';
import { scriptedTables } from '../scripted-tables.ts';
import { moneyCodec } from '../../../profile/money-codec.ts';
import type { ScriptEvidence } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted, shellWord, template, type Template } from './shell-words.ts';
import { sqlId, sqlName, sqlValue } from './sql-words.ts';

type Column = readonly [name: string, value: Template];

const fixedOf = (fixed: Readonly<Record<string, string | number>> = {}): Column[] =>
  Object.entries(fixed).map(([name, value]) => [name, [sqlValue(value)]]);

const insertion = (
  table: string,
  id: string,
  columns: readonly Column[],
  otherwise: readonly Column[] = [],
): string => {
  const given = columns.map(([name]) => sqlValue(name)).join(',');
  const names = columns.map(([name]) => sqlName(name)).join(', ');
  const values = columns.flatMap(([, value], place) => (place === 0 ? value : [', ', ...value]));
  const changes = otherwise.flatMap(([name, value], place): Template => [
    ...(place === 0 ? [] : [', ']),
    `${sqlName(name)} = `,
    ...value,
  ]);
  const words = [sqlName(table), sqlValue(table), sqlName(id), sqlValue(id), given || "''", names].map(quoted);
  return `insert ${[...words, shellWord(values), ...(otherwise.length > 0 ? [shellWord(changes)] : [])].join(' ')}`;
};

/** What makes the name of a seeded product unlike all others. */
const ownMark = / #opl-[\w-]+$/;

/** Returns the name without that, where it has letters or marks that are beyond the ordinary; else undefined. */
export const oddName = (seeded: string): string | undefined =>
  /[^\w #.,()-]/.test(seeded) && ownMark.test(seeded) ? seeded.replace(ownMark, '') : undefined;

/** Returns the name of a product in the script. @param seeded the one that it had in the scenario */
export const productName = (variable: string, seeded = ''): Template =>
  template`${oddName(seeded) ?? `Script ${variable}`} #${{ variable: 'mark' }}`;

const sqlText = (text: Template): Template =>
  text.map((part) => (typeof part === 'string' ? sqlValue(part).slice(1, -1) : part));

const failed = "|| cannot 'a row cannot be inserted'";

/** Returns how much stock or money the scenario put in itself, which the opening counts already. */
const restocked = ({ interventions }: ScriptEvidence, productId: number | string): number =>
  interventions
    .filter(({ what, id }) => what === 'stock' && id === productId)
    .reduce((total, { amount = 0 }) => total + amount, 0);

/** Returns the lines that make the users and products which the scenario began with. */
export function seedingLines({ profile, evidence, ids }: ScriptContext): string[] {
  const { users, balances, products } = scriptedTables(profile.tables);
  const { toTable } = moneyCodec(profile.money);
  const needsName = JSON.stringify([profile.headers, profile.authentication]).includes('{name}');
  const ofUsers = evidence.before.accounts.flatMap(({ userId, balance }) => {
    const own = ids.variable('user', userId);
    if (!own) return [];
    const name = own.variable;
    const email: Template = ["'", { variable: `${name}_EMAIL` }, "'"];
    const held: Column[] = balances
      ? [[balances.balance, [sqlValue(toTable(balance))]], ...fixedOf(balances.fixed)]
      : [];
    const user: Column[] = [
      ...(users.name === undefined ? [] : [[users.name, [`'Script #`, { variable: 'mark' }, "'"]] satisfies Column]),
      ...(users.email === undefined ? [] : [[users.email, email] satisfies Column]),
      ...fixedOf(users.fixed),
      ...(balances?.table === users.table ? held : []),
    ];
    const owner: Column[] = balances ? [[balances.userId, sqlId(profile.ids.user, own)]] : [];
    const balanceRow =
      balances && balances.table !== users.table
        ? insertion(balances.table, balances.userId, [...owner, ...held], held)
        : undefined;
    return [
      ...(needsName ? [`${name}_NAME="Script #$mark"`] : []),
      `${name}_EMAIL="$mark-${name.replace('USER_', '')}@order-pay.invalid"`,
      `${name}=$(${insertion(users.table, users.id, user)}) ${failed}`,
      `own_users="$own_users,'$${name}'"`,
      ...(balanceRow === undefined ? [] : [`${balanceRow} > /dev/null ${failed}`]),
      `echo "  user $${name} with a balance of ${toTable(balance)}"`,
    ];
  });
  const ofProducts = evidence.before.products.flatMap(({ productId, stock, price = 0, name: seeded = '' }) => {
    const name = ids.variable('product', productId)?.variable;
    if (name === undefined) return [];
    const pieces = stock - restocked(evidence, productId);
    const row = insertion(products.table, products.id, [
      [products.name, template`'${sqlText(productName(name, seeded))}'`],
      [products.price, [sqlValue(toTable(price))]],
      [products.stock, [String(pieces)]],
      ...fixedOf(products.fixed),
    ]);
    return [
      `${name}=$(${row}) ${failed}`,
      `own_products="$own_products,'$${name}'"`,
      `echo "  product $${name} at ${toTable(price)}, ${pieces} in stock"`,
    ];
  });
  return [...ofUsers, ...ofProducts];
}

/** Returns the function that removes whatever the script and the target have made. */
export function cleanUpLines({ profile: { tables } }: ScriptContext): string[] {
  const { users, balances, products, orders, payments, charges, keys } = scriptedTables(tables);
  const lines = lineTable(tables);
  const ownOrders = `SELECT o FROM (SELECT ${sqlName(orders.id)} AS o FROM ${sqlName(orders.table)} WHERE ${sqlName(orders.userId)} IN ($own_users)) AS own`;
  // Names in a text with variables: what means something there is escaped.
  const remove = (table: string, condition: string): string =>
    `  remove ${quoted(table)} "${condition.replaceAll('`', '\\`')}"`;
  const isIn = (column: string, list: string): string => `${sqlName(column)} IN (${list})`;
  return [
    'own_users=NULL',
    'own_products=NULL',
    '',
    'clean_up() {',
    '  removal=',
    ...(payments.table === orders.table ? [] : [remove(payments.table, isIn(payments.orderId, ownOrders))]),
    ...(payments.userId === undefined ? [] : [remove(payments.table, isIn(payments.userId, '$own_users'))]),
    ...(charges ? [remove(charges.table, isIn(charges.orderId, ownOrders))] : []),
    ...(lines
      ? [
          remove(lines.table, isIn(lines.orderId, ownOrders)),
          remove(lines.table, isIn(lines.productId, '$own_products')),
        ]
      : []),
    ...keys.flatMap(({ table, userId, orderId }) =>
      userId !== undefined || orderId === undefined
        ? []
        : [`  ! is_table ${quoted(table)} ${quoted(orderId)} || ${remove(table, isIn(orderId, ownOrders)).trim()}`],
    ),
    remove(orders.table, isIn(orders.userId, '$own_users')),
    ...keys.flatMap(({ table, userId }) =>
      userId === undefined
        ? []
        : [`  ! is_table ${quoted(table)} ${quoted(userId)} || ${remove(table, isIn(userId, '$own_users')).trim()}`],
    ),
    ...(!balances || balances.table === users.table
      ? []
      : [remove(balances.table, isIn(balances.userId, '$own_users'))]),
    remove(users.table, isIn(users.id, '$own_users')),
    remove(products.table, isIn(products.id, '$own_products')),
    '  sql_again "$removal"',
    '}',
  ];
}
