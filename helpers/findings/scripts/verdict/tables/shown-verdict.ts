import { scriptedTables } from '../../scripted-tables.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted, shellWord, template } from '../../lines/shell-words.ts';
import { sqlId, sqlName } from '../../lines/sql-words.ts';
import { answerFactor } from './answer-factor.ts';
import { pathOf } from '../answers/seen-value.ts';

const shownPattern = /: the API shows [\d.]+(?: won)? (for user|pieces of product) (\S+), the table holds [\d.]+/;

const variableOf = (text: string) => ({ variable: text });

/** Returns the lines that compare what the API has shown last of a balance or a product with the table. */
export function shownVerdict(context: ScriptContext): string[] | undefined {
  const { finding, evidence, ids, profile } = context;
  const [, what, id = ''] = shownPattern.exec(finding.sentence) ?? [];
  if (what === undefined) return undefined;
  const { balances, products } = scriptedTables(profile.tables);
  const isBalance = what.includes('user');
  const call = isBalance ? 'getBalance' : 'getProduct';
  const own = ids.variable(isBalance ? 'user' : 'product', id);
  const path = pathOf(context, call, isBalance ? 'balance' : 'stock');
  const isAbout = (exchange: (typeof evidence.exchanges)[number]): boolean =>
    exchange.call === call && exchange.path.split(/[/?&=]/).includes(id);
  const look = evidence.exchanges.findLast(isAbout);
  if (!own || path === undefined || !look) return undefined;
  const shown = variableOf('looked_at');
  const differs = isBalance
    ? balances &&
      template`SELECT 'user', ${sqlName(balances.userId)}, 'balance', ${sqlName(balances.balance)} FROM ${sqlName(balances.table)} WHERE ${sqlName(balances.userId)} = ${sqlId(profile.ids.user, own)} AND ${sqlName(balances.balance)} <> (${shown})${answerFactor(context)}`
    : template`SELECT 'product', ${sqlName(products.id)}, 'stock', ${sqlName(products.stock)} FROM ${sqlName(products.table)} WHERE ${sqlName(products.id)} = ${sqlId(profile.ids.product, own)} AND ${sqlName(products.stock)} <> (${shown})`;
  if (!differs) return undefined;
  const number = look.place + 1;
  return [
    `looked_at=$(amount_in ${number} ${quoted(path)})`,
    `! succeeded ${number} || shows_if_any "the API shows $looked_at, the table holds another" ${shellWord(differs)}`,
  ];
}
