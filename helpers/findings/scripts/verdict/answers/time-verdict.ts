import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted } from '../../lines/shell-words.ts';
import { fieldsOf } from './seen-value.ts';

const iso = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;

/** `createdAt is 2026-11-29T22:31:44.096Z at 2026-11-29T13:31:44.100Z`. */
const notNow = new RegExp(`"(\\w+) is (${iso}) at ${iso}"`);

/** `created at …, shown as …`; `… made at …, the order at …`; `expected "paidAt": "…", seen "paidAt": "…"`. */
const otherTime = [
  new RegExp(`created at (${iso}), shown as (${iso})`),
  new RegExp(`made at (${iso}), the order at (${iso})`),
  new RegExp(`expected "paidAt": "(${iso})", seen "paidAt": "(${iso})"`),
];

const otherNumber = /number ([\w-]+) is shown as ([\w-]+)/;

interface Told {
  readonly number: number;
  readonly path: string;
}

const tellsIn = (exchange: ScriptedExchange, value: string, context: ScriptContext): string | undefined => {
  const { timestamp } = context.profile.errors;
  const paths = [
    ...fieldsOf(context, exchange.call).map(([, path]) => path),
    ...(timestamp === undefined ? [] : [timestamp]),
  ];
  return paths.find((path) => answeredField(exchange.answer ?? '', path) === value);
};

const toldBy = (value: string, context: ScriptContext, exchanges = context.evidence.exchanges): Told | undefined => {
  for (const exchange of exchanges) {
    const path = tellsIn(exchange, value, context);
    if (path !== undefined) return { number: exchange.place + 1, path };
  }
  return undefined;
};

const valueOf = ({ number, path }: Told): string => `$(field ${number} ${quoted(path)})`;

/** Returns the lines for times that are not those they are to be, and numbers of orders that differ. */
export function timeVerdict(context: ScriptContext): string[] | undefined {
  const { sentence } = context.finding;
  const [, , time] = notNow.exec(sentence) ?? [];
  const late = time === undefined ? undefined : toldBy(time, context);
  if (late) return [`apart "${valueOf(late)}" "$(sql 'SELECT UTC_TIMESTAMP()')"`];
  for (const pattern of [...otherTime, otherNumber]) {
    const [, first = '', other = ''] = pattern.exec(sentence) ?? [];
    const [one, two] = [toldBy(first, context), toldBy(other, context, context.evidence.exchanges.toReversed())];
    if (!one || !two) continue;
    if (pattern !== otherNumber) return [`apart "${valueOf(two)}" "${valueOf(one)}"`];
    return [
      `! succeeded ${two.number} || [ "${valueOf(one)}" = "${valueOf(two)}" ] || shows 'the order is shown with another number'`,
    ];
  }
  return undefined;
}
