import { stripVTControlCharacters } from 'node:util';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { numbersOf } from '../alike.ts';
import { quoted } from '../../lines/shell-words.ts';
import { isSuccess } from '../same-answer.ts';
import { fieldsOf, sameValue, whereAnswered } from './seen-value.ts';

/** A value that a run with other ids, keys and times has as well. */
const isLasting = (name: string, value: string): boolean =>
  (!/id$/i.test(name) && /^(?:-?\d{1,15}|null|[A-Za-z_]{1,30})$/.test(value)) || name === 'totalAmount';

/** Smaller numbers stand in many fields. */
const minBareNumber = 10_000;

interface Compared {
  /** Of the field; undefined where the value alone was compared. */
  readonly name?: string;
  readonly seen: string;
}

/** Returns the only value of an assertion that was another one than expected. */
function comparedIn(error: string): Compared | undefined {
  const [first = ''] = stripVTControlCharacters(error).split(/\n(?=\w*Error: )/);
  const changed = first.split('\n').filter((line) => /^[-+] {2,}\S/.test(line));
  const [expected = '', received = ''] = changed;
  const field = /^[-+]\s+"(\w+)": "?([^"]*?)"?,?$/;
  const [, name, before] = field.exec(expected) ?? [];
  const [, sameName, seen] = field.exec(received) ?? [];
  if (changed.length === 2 && expected.startsWith('-') && received.startsWith('+') && name === sameName) {
    return name !== undefined && seen !== undefined && seen !== before ? { name, seen } : undefined;
  }
  // The total of an order follows from prices and quantities alone, however many digits it has.
  const [, due, total] =
    /^Error: the total of the order\n[^]*?Expected: "(\d+)"\s+Received: "(-?\d+)"/.exec(first) ?? [];
  if (total !== undefined && total !== due) return { name: 'totalAmount', seen: total };
  const [, wanted, bare] = /Expected: (\d+)\s+Received: (\d+)/.exec(first) ?? [];
  return bare !== undefined && bare !== wanted && Number(bare) >= minBareNumber ? { seen: bare } : undefined;
}

/** Returns the lines for a value of one answer that an assertion did not expect. */
export function valueVerdict(context: ScriptContext): string[] | undefined {
  const { finding, evidence } = context;
  const compared = comparedIn(finding.evidence.error);
  if (!compared) return undefined;
  const isSame = ({ name, seen }: Compared, field: string): boolean =>
    (name === undefined || name === field) && isLasting(field, seen);
  const pathIn = (exchange: ScriptedExchange): string | undefined =>
    fieldsOf(context, exchange.call).find(
      ([name, path]) => isSame(compared, name) && answeredField(exchange.answer ?? '', path) === compared.seen,
    )?.[1];
  const told = evidence.exchanges.findLast((one) => isSuccess(one) && pathIn(one) !== undefined);
  const path = told && pathIn(told);
  if (!told || path === undefined) return undefined;
  // Of two looks at the same, the assertion may have been about the other.
  const isLast = !evidence.exchanges.slice(told.place + 1).some((one) => one.path === told.path && isSuccess(one));
  return isLast ? whereAnswered(told, sameValue(told, path)) : undefined;
}

const answeredBalance: Readonly<Record<string, string>> = { pay: 'remainingBalance', chargeBalance: 'balance' };

/** Returns the lines for balances of which no two answers may tell the same. */
export function distinctVerdict(context: ScriptContext): string[] | undefined {
  const { finding, evidence } = context;
  if (!/\beach payment (?:and top-up )?answers a different balance:/i.test(finding.sentence)) return undefined;
  const read = [...Object.entries(answeredBalance)].flatMap(([call, name]) => {
    const places = evidence.exchanges.filter((one) => one.call === call);
    const path = fieldsOf(context, call).find(([one]) => one === name)?.[1];
    if (places.length === 0 || path === undefined) return [];
    return [
      `  for number in ${numbersOf(places)}; do ! succeeded "$number" || { field "$number" ${quoted(path)}; echo; }; done`,
    ];
  });
  return [
    'twice=$({',
    ...read,
    '} | sort | uniq -d | tr "\\n" " ")',
    '[ -z "$twice" ] || shows "several answers tell the balance $twice"',
  ];
}
