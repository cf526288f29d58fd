import { offered } from '../../../../profile/endpoint-forms.ts';
import { plainAmount } from '../../../../profile/amount-in-words.ts';
import { moneyCodec } from '../../../../profile/money-codec.ts';
import { errorPaths, type MoneyForm } from '../../../../profile/target-profile.ts';
import { parseJson, isRecord } from '../../../../text/json.ts';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted, shellWord, template } from '../../lines/shell-words.ts';
import { numbersOf, sentWith } from '../alike.ts';
import { isSuccess } from '../same-answer.ts';
import { sameMessage } from './message-verdict.ts';
import { calledOtherwise } from './name-verdict.ts';
import { pathOf, sameValue, whereAnswered } from './seen-value.ts';

/** What a matcher notes of an answer, with the value that it has seen where there is one, by the field that it is about. */
const notes = [
  [/\bits status is (\w+) instead of /, 'status'],
  [/\bits subtotal is ([\d.]+) instead of /, 'subtotalAmount'],
  [/\bits total is ([\d.]+), not /, 'totalAmount'],
  [/\bit says ([\d.]+)(?: won)? were paid/, 'paidAmount'],
  [/\bit says ([\d.]+)(?: won)? are left/, 'remainingBalance'],
  [/\bit does not say when it was paid/, 'paidAt'],
] as const;

/** Returns the amount in the text of an answer's field as a matcher notes it. */
const notedAmount = (value: string, money: MoneyForm): string =>
  plainAmount(moneyCodec(money).fromJson(money.inJson === 'decimal-string' ? value : Number(value)), money);

/** Returns the lines for fields with the values that were noted; those of several answers may be those of another one. */
const notedFields = (seen: ScriptedExchange, context: ScriptContext): string[] => {
  const isNoted = (value: string, noted: string): boolean =>
    value === noted || (value !== '' && notedAmount(value, context.profile.money) === noted);
  return notes.flatMap(([pattern, name]) => {
    const noted = pattern.exec(context.finding.sentence);
    const path = noted ? pathOf(context, seen.call, name) : undefined;
    if (!noted || path === undefined) return [];
    const value = answeredField(seen.answer ?? '', path) ?? '';
    const isIt = noted[1] === undefined ? value === '' || value === 'null' : isNoted(value, noted[1]);
    return isIt ? sameValue(seen, path) : [];
  });
};

/** Returns the lines for lines of an order that an answer does not have. */
const missingLines = (seen: ScriptedExchange, { finding, ids, profile }: ScriptContext): string[] => {
  const name = profile.endpoints.createOrder.item.productId?.split('.').at(-1);
  if (name === undefined) return [];
  return [...finding.sentence.matchAll(/product (\S+) is ordered 0 times instead of/g)].flatMap(([, id = '']) => {
    const product = ids.variable('product', id);
    if (!product) return [];
    const pattern = shellWord(template`"${name}" *: *"?${product}"?[^0-9A-Za-z-]`);
    return [
      `body ${seen.place + 1} | grep -qE -- ${pattern} || shows "the answer has no line of product $${product.variable}"`,
    ];
  });
};

const pattern = (text: string): string => text.replaceAll(/[^\w]/g, String.raw`\$&`);

/** Returns a noted price as answers say it. */
const answeredPrice = (noted: unknown, money: MoneyForm): string | undefined => {
  const amount = typeof noted === 'string' ? moneyCodec({ ...money, inJson: 'decimal-string' }).fromJson(noted) : noted;
  return typeof amount === 'number' ? String(moneyCodec(money).toJson(amount)) : undefined;
};

/** Returns the line for the price of a line of an order, where it is the one that was noted. */
const wrongPrice = (seen: ScriptedExchange, { finding, profile, ids }: ScriptContext): string[] => {
  const line = parseJson(/line (\{.*?\}) does not follow from the price/.exec(finding.sentence)?.[1] ?? '');
  const { productId: id, unitPrice } = profile.endpoints.createOrder.item;
  if (id === undefined || unitPrice === undefined || !isRecord(line)) return [];
  const product = ids.variable('product', String(line.productId));
  const price = answeredPrice(line.unitPrice, profile.money);
  if (!product || price === undefined) return [];
  const [ofId = '', ofPrice = ''] = [id, unitPrice].map((path) => pattern(path.split('.').at(-1) ?? path));
  const between = ['"?[^{}0-9A-Za-z-][^{}]*"', ofPrice, '" *: *"?', pattern(price), '[^0-9]'].join('');
  const isIt = new RegExp(`"${ofId}" *: *"?${pattern(String(line.productId))}${between}`).test(seen.answer ?? '');
  if (!isIt) return [];
  const grep = shellWord(template`"${ofId}" *: *"?${product}${between}`);
  return [
    `! body ${seen.place + 1} | grep -qE -- ${grep} || shows "the line of product $${product.variable} has the price ${price}"`,
  ];
};

/** Returns the line for an amount that a refusal states, and that is none of the promised ones. */
const wrongAmount = (seen: ScriptedExchange, { finding }: ScriptContext): string[] => {
  const [, amount = ''] = /it says (?:required|available) (\d+)\)/.exec(finding.sentence) ?? [];
  const [, promised = ''] = /, promised (.*)$/.exec(finding.sentence) ?? [];
  if (amount === '' || new RegExp(String.raw`\b${amount}\b`).test(promised)) return [];
  const forms = [amount, Number(amount).toLocaleString('en-US')];
  const form = forms.find((one) => new RegExp(`(^|[^0-9,])${one}([^0-9,]|$)`).test(seen.answer ?? ''));
  if (form === undefined) return [];
  return [
    `! body ${seen.place + 1} | grep -qE -- ${quoted(`(^|[^0-9,])${form}([^0-9,]|$)`)} || shows ${quoted(`the answer says ${form}`)}`,
  ];
};

const wrongStatement = (seen: ScriptedExchange, context: ScriptContext): string[] => {
  const amount = wrongAmount(seen, context);
  return amount.length > 0 ? amount : sameMessage(seen, context);
};

/** Returns the lines for duplicates that are to be answered alike, to the last character. */
const differentBodies = (seen: ScriptedExchange, { finding, evidence, profile }: ScriptContext): string[] => {
  const isNoted = /\bthey answer with \d+ different bodies/.test(finding.sentence);
  if (!isNoted || profile.policies.replay.body !== 'bytes') return [];
  const same = sentWith(seen, evidence.exchanges).filter(({ key }) => key === seen.key);
  if (new Set(same.filter(isSuccess).map(({ answer }) => answer)).size < 2) return [];
  return [
    'first=',
    `for number in ${numbersOf(same)}; do`,
    '  succeeded "$number" || continue',
    '  [ -n "$first" ] || first=$number',
    '  cmp -s "$work/$first.body" "$work/$number.body" || shows "requests $first and $number are answered differently"',
    'done',
  ];
};

/** Returns the lines for fields that a refusal lacks. */
const missingFields = (seen: ScriptedExchange, { finding, profile: { errors } }: ScriptContext): string[] =>
  (['code', 'message', 'timestamp'] as const).flatMap((name) => {
    const isNoted = new RegExp(String.raw`\bits body has no ${name}[);]`).test(finding.sentence);
    return isNoted ? errorPaths(errors[name]).flatMap((path) => sameValue(seen, path)) : [];
  });

/**
 * Returns the lines that look whether an answer again has in it what a matcher noted; undefined where it noted nothing
 * that a script can look for.
 */
export function notedVerdict(seen: ScriptedExchange, context: ScriptContext): string[] | undefined {
  const lines = isSuccess(seen)
    ? [
        ...[...notedFields(seen, context), ...missingLines(seen, context)],
        ...[...wrongPrice(seen, context), ...calledOtherwise(seen, context)],
      ]
    : [...missingFields(seen, context), ...wrongStatement(seen, context)];
  const bodies = offered(context.profile.endpoints.pay) ? differentBodies(seen, context) : [];
  if (lines.length + bodies.length === 0) return undefined;
  return [...(lines.length > 0 ? whereAnswered(seen, lines) : []), ...bodies];
}
