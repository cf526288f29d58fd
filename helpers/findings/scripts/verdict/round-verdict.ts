import { stripVTControlCharacters } from 'node:util';
import { orderStateOf } from '../../../profile/order-state.ts';
import { answeredField } from '../answered-field.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { namedOrder } from '../lines/named-order.ts';
import { quoted, shellWord } from '../lines/shell-words.ts';
import { pathOf } from './answers/seen-value.ts';
import { isSuccess } from './same-answer.ts';
import { tableStatements } from './tables/table-statements.ts';

/** What shows for some milliseconds only is looked for so many times. */
const rounds = 5;

const lags = /\banswered (?:404|the order as \S+) for \d+ ms after \w+ answered \d+; then it was/;
/** An order that was to be in the tables, and was not. */
const notThere = /^- +"orders": Array \[\n- +"pending",\n- +\],\n\+ +"orders": Array \[\],$/m;

/** Returns the lines that send some requests one right after the other, again and again, and count how often a test holds. */
const inRounds = (
  { ids, keys, profile }: ScriptContext,
  sent: readonly ScriptedExchange[],
  { test, what }: { readonly test: readonly string[]; readonly what: string },
): string[] => {
  const requests = sent.flatMap(({ place }) => {
    const order = ids.orderNamedBy(place);
    return [`  request_${place + 1}`, ...(order ? [`  ${order.variable}=${namedOrder(profile, place + 1)}`] : [])];
  });
  return [
    'times=0',
    `for round in $(seq ${rounds}); do`,
    ...keys.lines().map((line) => `  ${line}`),
    ...requests,
    ...test.map((line) => `  ${line}`),
    'done',
    `[ "$times" = 0 ] || shows "in $times of ${rounds} tries ${what}"`,
  ];
};

/** Returns the lines for an order that is shown as it was for some time after it was made or changed. */
function laggingView(context: ScriptContext): string[] | undefined {
  const { finding, evidence, profile } = context;
  if (!lags.test(finding.sentence)) return undefined;
  const statusPath = pathOf(context, 'getOrder', 'status');
  const changes = ['createOrder', 'pay', 'cancelOrder'];
  const isPending = ({ answer = '' }: ScriptedExchange): boolean =>
    statusPath !== undefined && orderStateOf(profile, answeredField(answer, statusPath) ?? '') === 'pending';
  const look = evidence.exchanges.find((one, place, all) => {
    const before = all[place - 1];
    if (one.call !== 'getOrder' || !before || !changes.includes(before.call) || !isSuccess(before)) return false;
    return before.call === 'createOrder' ? one.status === 404 : isSuccess(one) && isPending(one);
  });
  if (!look) return undefined;
  const sent = evidence.exchanges.slice(0, look.place + 1);
  const [number, change] = [look.place + 1, look.place];
  const old =
    look.status === 404
      ? `[ "$(status ${number})" = 404 ]`
      : `[ "$(field ${number} ${quoted(statusPath ?? '')})" = ${quoted(answeredField(look.answer ?? '', statusPath ?? '') ?? '')} ]`;
  return inRounds(context, sent, {
    test: [`! succeeded ${change} || ! ${old} || times=$((times + 1))`],
    what: 'the order is shown as it was before',
  });
}

/** Returns the lines for an order that is not in the table when it is answered. */
function committedLater(context: ScriptContext): string[] | undefined {
  const { finding, evidence, profile } = context;
  const [only, ...others] = evidence.exchanges;
  const isNotThere = notThere.test(stripVTControlCharacters(finding.evidence.error));
  if (!isNotThere || only?.status !== undefined || others.length > 0) return undefined;
  const missing = shellWord(tableStatements(profile).orderMissing({ variable: 'order' }));
  return inRounds(context, only ? [only] : [], {
    test: [`order=${namedOrder(profile, 1)}`, `[ -z "$order" ] || [ -z "$(sql ${missing})" ] || times=$((times + 1))`],
    what: 'the order is not in the table when it is answered',
  });
}

/** Returns the lines for what is so for some milliseconds only. */
export const roundVerdict = (context: ScriptContext): string[] | undefined =>
  laggingView(context) ?? committedLater(context);
