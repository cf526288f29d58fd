import { isAbsentKeyTable } from '../../database/structure/missing-structure.ts';
import { isMissing, offered } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { misfitOf, type Misfit } from './misfit.ts';
import { suggestColumn, suggestTables, type TableColumns } from '../../database/structure/suggest-table.ts';
import type { Column } from '../steps/read-columns.ts';

const decimalTypes = new Set(['decimal', 'numeric', 'float', 'double']);
const integerTypes = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);

const largestInt = 2_147_483_647;

/** Returns the tables and columns of the profile that the database lacks, or has with another type. */
export function judgeTables(profile: TargetProfile, columns: readonly Column[]): Misfit[] {
  const tables = new Map<string, string[]>();
  for (const { table, column } of columns) tables.set(table, [...(tables.get(table) ?? []), column]);
  const { keys, ...named } = profile.tables;
  const missing = [
    ...Object.entries(named).flatMap(([name, form]) => {
      if (isMissing(form)) return [];
      if ('inColumn' in form) {
        return judgeTable(['tables', name], profile.tables.orders.table, { inColumn: form.inColumn }, tables);
      }
      const { table, ...fields } = form;
      if (name === 'orderItems' && !tables.has(table)) return [noLines(profile, table, columns)];
      return judgeTable(['tables', name], table, fields, tables);
    }),
    ...keys.flatMap(({ table, ...fields }, index) =>
      isAbsentKeyTable({ table, ...fields }, tables)
        ? []
        : judgeTable(['tables', 'keys', String(index)], table, fields, tables),
    ),
  ];
  return [...missing, ...judgeTypes(profile, columns)];
}

function judgeTable(
  property: readonly string[],
  table: string,
  fields: Readonly<Record<string, unknown>>,
  tables: TableColumns,
): Misfit[] {
  const wanted = Object.entries(fields).flatMap(([name, column]): [string, string][] =>
    typeof column === 'string' ? [[name, column]] : [],
  );
  const has = tables.get(table);
  if (!has) {
    const [near] = suggestTables(
      table,
      wanted.map(([, column]) => column),
      tables,
    );
    return [
      near === undefined
        ? {
            problem: `there is no table ${table}; there are ${list([...tables.keys()])}`,
            property: [...property, 'table'],
            suggestion: 'name the table that holds it; is DB_NAME right?',
          }
        : misfitOf(`there is no table ${table}, but ${near}`, [...property, 'table'], near),
    ];
  }
  return wanted
    .filter(([, column]) => !has.includes(column))
    .map(([name, column]) => {
      const near = suggestColumn(table, column, tables);
      if (near?.table === table) {
        return misfitOf(`table ${table} has no column ${column}, but ${near.column}`, [...property, name], near.column);
      }
      const elsewhere = near ? ` (${near.table} has one)` : '';
      return {
        problem: `table ${table} has no column ${column}${elsewhere}; it has ${list(has)}`,
        property: [...property, name],
        suggestion: 'name the column that holds it',
      };
    });
}

/** Returns the misfit of a table of lines that is not there: they may be in a column of the orders. */
function noLines({ tables: { orders } }: TargetProfile, table: string, columns: readonly Column[]): Misfit {
  const json = columns.find((one) => one.table === orders.table && /^(?:json|longtext)$/.test(one.type));
  const tables = new Map<string, string[]>();
  for (const { table: name, column } of columns) tables.set(name, [...(tables.get(name) ?? []), column]);
  const [near] = suggestTables(table, [], tables).filter((name) => name !== orders.table);
  const problem = `there is no table ${table}${near === undefined ? '' : `, but ${near}`}`;
  if (json) {
    const suggestion = `where the lines are in ${orders.table}.${json.column}, say orderItems: { inColumn: '${json.column}', productId: '…', quantity: '…' }`;
    return { problem, property: ['tables', 'orderItems'], suggestion };
  }
  if (near !== undefined) return misfitOf(problem, ['tables', 'orderItems', 'table'], near);
  const suggestion = 'name the table that holds it; is DB_NAME right?';
  return {
    problem: `${problem}; there are ${list([...tables.keys()])}`,
    property: ['tables', 'orderItems', 'table'],
    suggestion,
  };
}

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : `${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;

/** Compares the forms of ids and money in the profile with the types of their columns. */
function judgeTypes({ ids, money, tables }: TargetProfile, columns: readonly Column[]): Misfit[] {
  const typeOf = (table: string, name: string) => columns.find((one) => one.table === table && one.column === name);
  const idColumns = [
    ['user', tables.users],
    ['product', tables.products],
    ['order', tables.orders],
    ['payment', tables.payments],
  ] as const;
  const ofIds = idColumns.flatMap(([kind, form]) => {
    if (isMissing(form)) return [];
    const { table, id } = form;
    const type = typeOf(table, id)?.type;
    return type !== undefined && /char|text|uuid|binary/.test(type) && ids[kind] === 'number'
      ? [misfitOf(`${table}.${id} is a ${type}, so its ids are no numbers`, ['ids', kind], 'string')]
      : [];
  });
  const held = offered(tables.balances);
  const { table, column } = held
    ? { table: held.table, column: held.balance }
    : { table: tables.products.table, column: tables.products.price };
  const type = typeOf(table, column)?.type;
  const inTables =
    type && decimalTypes.has(type) ? 'decimal' : type && integerTypes.has(type) ? 'minor-units' : undefined;
  if (type === 'int' && (money.largest ?? Infinity) > largestInt) {
    ofIds.push(misfitOf(`${table}.${column} is an int, of 32 bits`, ['money', 'largest'], largestInt));
  }
  if (inTables === undefined || inTables === money.inTables) return ofIds;
  return [...ofIds, misfitOf(`${table}.${column} is a column of type ${type ?? ''}`, ['money', 'inTables'], inTables)];
}
