import { offered } from '../../../../profile/endpoint-forms.ts';
import { moneyCodec } from '../../../../profile/money-codec.ts';
import { groupedBy } from '../../../../text/words/grouped-by.ts';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { namedOrder } from '../../lines/named-order.ts';
import { joinedBy, quoted, shellWord, template, type Template } from '../../lines/shell-words.ts';
import { sqlId, sqlValue } from '../../lines/sql-words.ts';
import { numbersOf } from '../alike.ts';
import { answerFactor } from './answer-factor.ts';
import { chargeStatement } from './charge-statement.ts';
import { tableStatements } from './table-statements.ts';
import type { Verdict } from '../verdict-type.ts';

const ifAny = (what: string, statement: Template): string => `shows_if_any ${quoted(what)} ${shellWord(statement)}`;

const isOfCall =
  (call: string) =>
  (exchange: ScriptedExchange): boolean =>
    exchange.call === call;

const variableOf = (text: string) => ({ variable: text });

const toppedUp = (context: ScriptContext, charges: readonly ScriptedExchange[]): string => {
  const { chargeBalance } = context.profile.endpoints;
  if (!('answer' in chargeBalance)) return '0';
  const { chargedAmount } = chargeBalance.answer;
  const amountField = chargeBalance.body.amount.split('.').at(-1) ?? '';
  const byKey = groupedBy(charges, ({ key, place }) => key ?? `#${place}`);
  const sums = [...byKey.values()].map((same) => {
    if (chargedAmount !== undefined) return `$(charged ${quoted(chargedAmount)} ${numbersOf(same)})`;
    const amount = Number(answeredField(same[0]?.body ?? '', amountField) ?? 0);
    return `$(( $(count_of ${numbersOf(same)}) > 0 ))*${Number.isFinite(amount) ? amount : 0}`;
  });
  return ['0', ...sums].join('+');
};

const moneyVerdict = (context: ScriptContext): Verdict => {
  const { profile, evidence, ids } = context;
  const { toTable } = moneyCodec(profile.money);
  const charges = evidence.exchanges.filter(isOfCall('chargeBalance'));
  const isLost = charges.some(({ status }) => status === undefined);
  const { money } = tableStatements(profile);
  const checks = evidence.before.accounts.flatMap(({ userId, balance }) => {
    const user = ids.variable('user', userId);
    if (!user) return [];
    const put = evidence.interventions
      .filter(({ what, id }) => what === 'balance' && id === userId)
      .reduce((total, { amount = 0 }) => total + amount, 0);
    const own = charges.filter((charge) => ids.userOf(charge) === user);
    const variable = variableOf(user.variable.replace('USER', 'TOPPED_UP'));
    const opening = sqlValue(toTable(balance + put));
    const expected = own.length > 0 ? template`${opening} + (${variable})${answerFactor(context)}` : [opening];
    const statement = money(sqlId(profile.ids.user, user), expected, isLost ? '<' : '<>');
    if (!statement) return [];
    return [{ statement, lines: own.length > 0 ? [`${variable.variable}="${toppedUp(context, own)}"`] : [] }];
  });
  const lines = [
    ...checks.flatMap((check) => check.lines),
    ...checks.map(({ statement }) => ifAny('money is not conserved', statement)),
  ];
  const isPassing = charges.length === 0 && evidence.interventions.every(({ what }) => what === 'hold');
  return {
    lines,
    ...(isPassing &&
      !isMoneyWrong(context) && {
        watch: joinedBy(
          ' UNION ALL ',
          checks.map((one) => one.statement),
        ),
      }),
  };
};

/** Returns whether the tables show in the end that money is not conserved, where nothing was put in. */
const isMoneyWrong = ({ evidence: { before, after } }: ScriptContext): boolean =>
  before.accounts.some(({ userId, balance }) => {
    const paid = after.payments.filter((one) => one.userId === userId).reduce((total, one) => total + one.amount, 0);
    return after.accounts.find((one) => one.userId === userId)?.balance !== balance - paid;
  });

const stockVerdict = (context: ScriptContext): Verdict => {
  const { profile, evidence, ids } = context;
  const { stock } = tableStatements(profile);
  const statements = evidence.before.products.flatMap((product) => {
    const own = ids.variable('product', product.productId);
    return own ? [stock(sqlId(profile.ids.product, own), product.stock)] : [];
  });
  return { lines: statements.map((statement) => ifAny('stock is not conserved', statement)) };
};

/**
 * Returns the lines that collect the orders which some answers name, into a variable.
 *
 * @param order the substitution that reads it from the answer of the request `$number`
 */
const toldOrders = (exchanges: readonly ScriptedExchange[], order: string): string[] => [
  'told=',
  `for number in ${numbersOf(exchanges)}; do`,
  `  ! succeeded "$number" || told="$told,'${order}'"`,
  'done',
];

const idIn = (path: string): string => `$(id_in "$number" ${quoted(path)})`;

const answeredMissing = (
  exchanges: readonly ScriptedExchange[],
  { order, payment }: { readonly order: string; readonly payment?: string | undefined },
  what: string,
  statement: Template,
): string[] => [
  `for number in ${numbersOf(exchanges)}; do`,
  '  succeeded "$number" || continue',
  `  order=${order}`,
  payment === undefined ? '  payment=' : `  payment=${idIn(payment)}`,
  `  [ -z "$order" ] || ${ifAny(what, statement)}`,
  'done',
];

/** Returns how the tables show again what a check of them has found; undefined where the script cannot check that. */
export function tableVerdict(context: ScriptContext, check: string): Verdict | undefined {
  const { profile, evidence } = context;
  const statements = tableStatements(profile);
  const orders = evidence.exchanges.filter(isOfCall('createOrder'));
  const payments = evidence.exchanges.filter(isOfCall('pay'));
  const isLost = (some: readonly ScriptedExchange[]): boolean => some.some(({ status }) => status === undefined);
  const order = namedOrder(profile, '"$number"');
  const { orderId: paidOrder, paymentId } = offered(profile.endpoints.pay)?.answer ?? {};
  const one = (what: string, statement: Template | undefined): Verdict | undefined =>
    statement && { lines: [ifAny(what, statement)] };
  switch (check) {
    case 'money':
      return moneyVerdict(context);
    case 'stock':
      return stockVerdict(context);
    case 'below-zero':
      return one('below zero', statements.belowZero);
    case 'oversold':
      return one('oversold', statements.oversold);
    case 'several-payments':
      return one('paid more than once', statements.severalPayments);
    case 'paid-without-payment':
      return one('paid without a payment', statements.paidWithoutPayment);
    case 'payment-of-unpaid-order':
      return one('a payment, and the order is not paid', statements.paymentOfUnpaidOrder);
    case 'payment-differs':
      return one('the payment is not that of the order', statements.paymentDiffers);
    case 'order-without-lines':
      return one('an order without lines', statements.orderWithoutLines);
    case 'subtotal':
      return one('the lines are not the subtotal', statements.subtotal);
    case 'order-not-answered':
      if (orders.length === 0 || isLost(orders)) return undefined;
      return {
        lines: [
          ...toldOrders(orders, order),
          ifAny('an order that no answer names', statements.orderNotIn(variableOf('told'))),
        ],
      };
    case 'payment-not-answered':
      if (paidOrder === undefined || payments.length === 0 || isLost(payments)) return undefined;
      return {
        lines: [
          ...toldOrders(payments, idIn(paidOrder)),
          ifAny('a payment that no answer names', statements.paymentNotIn(variableOf('told'))),
        ],
      };
    case 'answered-order-missing':
      return {
        lines: answeredMissing(
          orders,
          { order },
          'an answered order is not there',
          statements.orderMissing(variableOf('order')),
        ),
      };
    case 'answered-payment-missing':
      if (paidOrder === undefined) return undefined;
      return {
        lines: answeredMissing(
          payments,
          { order: idIn(paidOrder), payment: paymentId },
          'an answered payment is not there',
          statements.paymentMissing(variableOf('order'), variableOf('payment')),
        ),
      };
    default:
      return one('what the gateway has charged is not what was paid', chargeStatement(profile, check));
  }
}
