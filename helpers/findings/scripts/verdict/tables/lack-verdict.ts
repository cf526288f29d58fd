import { stripVTControlCharacters } from 'node:util';
import { isSuccess } from '../same-answer.ts';
import type { ScriptContext } from '../../script-context.ts';
import { joinedBy, shellWord, template, type Template } from '../../lines/shell-words.ts';
import { sqlId, sqlName } from '../../lines/sql-words.ts';
import { scriptedTables } from '../../scripted-tables.ts';

const noNewRow = /^[^:]*: user (\S+) has no new row in ([^:]+?), where the profile says/;

/** Returns the table, its column of the user and its user, of rows that are to be there after a request. */
const lacking = ({
  finding,
  evidence,
  profile,
}: ScriptContext): { rows: [string, string][]; userId: string } | undefined => {
  const { balances, keys } = scriptedTables(profile.tables);
  const [, userId, names = ''] = noNewRow.exec(finding.sentence) ?? [];
  if (userId !== undefined) {
    const tables = names.split(', ');
    const ofUser = keys.filter(({ table, userId: column }) => tables.includes(table) && column !== undefined);
    return ofUser.length === tables.length
      ? { rows: ofUser.map(({ table, userId: column = '' }) => [table, column]), userId }
      : undefined;
  }
  const error = stripVTControlCharacters(finding.evidence.error);
  const [account, ...others] = evidence.before.accounts;
  const isNoBalance = error.startsWith('Error: balances\n') && /^\+ Array \[\]$/m.test(error);
  if (!isNoBalance || !balances || !account || others.length > 0 || evidence.after.accounts.length > 0)
    return undefined;
  return { rows: [[balances.table, balances.userId]], userId: String(account.userId) };
};

/** Returns the lines for rows that are not there after a request that succeeded: of a key, or of a balance. */
export function lackVerdict(context: ScriptContext): string[] | undefined {
  const { evidence, ids, profile } = context;
  const found = lacking(context);
  const user = found && ids.variable('user', found.userId);
  const last = evidence.exchanges.at(-1);
  if (!user || !last || !isSuccess(last)) return undefined;
  const id = sqlId(profile.ids.user, user);
  const conditions = found.rows.map(
    ([table, column]): Template =>
      template`NOT EXISTS (SELECT 1 FROM ${sqlName(table)} WHERE ${sqlName(column)} = ${id})`,
  );
  const statement = template`SELECT 'user', ${id} FROM DUAL WHERE ${joinedBy(' AND ', conditions)}`;
  return [`! succeeded ${last.place + 1} || shows_if_any 'there is no row of' ${shellWord(statement)}`];
}
