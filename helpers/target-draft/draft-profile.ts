import { isOffered } from '../profile/endpoint-forms.ts';
import type { Tables } from '../profile/tables.ts';
import type { IdForm, MoneyForm, TargetProfile } from '../profile/target-profile.ts';
import { DraftMaker } from './draft-maker.ts';
import { reference } from '../profile/targets/reference.ts';
import { maxKeyLengthOf } from './draft-policies.ts';
import { draftRefusals } from './draft-refusals.ts';
import type { Choice, Evidence } from './evidence.ts';
import { isKeyRequired, type DraftedEndpoint } from './match/draft-endpoint.ts';
import { assumed, unseenRefusal, type Grounds } from './match/grounds.ts';
import { matchFields } from './match/match-fields.ts';
import { roles, type Role } from './match/rank-operations.ts';
import { withReplayStatuses } from './replay-statuses.ts';

/** A profile, and why it says what it says. */
export interface Draft {
  readonly profile: TargetProfile;
  readonly grounds: Grounds;
}

const constants = ({ constants: all }: DraftedEndpoint) => (Object.keys(all).length > 0 ? { constants: all } : {});

const says = (drafted: DraftedEndpoint | undefined) =>
  drafted && Object.keys(drafted.says).length > 0 ? { says: drafted.says } : {};

function endpointsOf(maker: DraftMaker): TargetProfile['endpoints'] {
  const { endpoints } = reference;
  const drafted = Object.fromEntries(roles.map((role) => [role, maker.drafted(role)]));
  const [order, payment, topUp] = [drafted.createOrder, drafted.pay, drafted.chargeBalance];
  const answerOf = (role: Role) => drafted[role]?.answer ?? {};
  return {
    health: maker.isMissing('health')
      ? maker.missing('health')
      : { ...maker.base('health', drafted.health), ...says(drafted.health) },
    getBalance: maker.isMissing('getBalance')
      ? maker.missing('getBalance')
      : { ...maker.base('getBalance', drafted.getBalance), answer: { balance: 'balance', ...answerOf('getBalance') } },
    chargeBalance: maker.isMissing('chargeBalance')
      ? maker.missing('chargeBalance')
      : {
          ...maker.base('chargeBalance', topUp),
          body: { amount: 'amount', ...(topUp?.body ?? endpoints.chargeBalance.body) },
          ...(topUp && constants(topUp)),
          ...maker.key('chargeBalance', topUp),
          answer: { balance: 'balance', ...answerOf('chargeBalance') },
        },
    getProduct: maker.isMissing('getProduct')
      ? maker.missing('getProduct')
      : {
          ...maker.base('getProduct', drafted.getProduct),
          ...(drafted.getProduct?.inList !== undefined && { inList: drafted.getProduct.inList }),
          answer: { price: 'price', stock: 'stock', ...answerOf('getProduct') },
        },
    createOrder: {
      ...maker.base('createOrder', order),
      body: { productId: 'productId', quantity: 'quantity', ...(order?.body ?? endpoints.createOrder.body) },
      ...(order && constants(order)),
      ...maker.key('createOrder', order),
      answer: { orderId: 'orderId', totalAmount: 'totalAmount', ...answerOf('createOrder') },
      item: order?.item ?? {},
    },
    getOrder: maker.isMissing('getOrder')
      ? maker.missing('getOrder')
      : {
          ...maker.base('getOrder', drafted.getOrder),
          ...(drafted.getOrder?.inList !== undefined && { inList: drafted.getOrder.inList }),
          answer: { totalAmount: 'totalAmount', ...answerOf('getOrder') },
        },
    cancelOrder: maker.isMissing('cancelOrder')
      ? maker.missing('cancelOrder')
      : {
          ...maker.base('cancelOrder', drafted.cancelOrder),
          body: drafted.cancelOrder?.body ?? endpoints.cancelOrder.body,
          ...(drafted.cancelOrder && constants(drafted.cancelOrder)),
          answer: answerOf('cancelOrder'),
        },
    pay: maker.isMissing('pay')
      ? maker.missing('pay')
      : {
          ...maker.base('pay', payment),
          body: payment?.body ?? endpoints.pay.body,
          ...(payment && constants(payment)),
          ...maker.key('pay', payment),
          answer: answerOf('pay'),
          ...(answerOf('pay').status !== undefined && { successStatus: endpoints.pay.successStatus }),
        },
  };
}

function idsOf({ schema = [] }: Evidence, tables: Tables): TargetProfile['ids'] {
  const form = (kind: keyof TargetProfile['ids']): IdForm => {
    const holders = { user: tables.users, product: tables.products, order: tables.orders, payment: tables.payments };
    const { table, id } = { ...reference.tables.payments, ...holders[kind] };
    const type = schema.find(({ name }) => name === table)?.columns.find(({ name }) => name === id)?.type ?? 'bigint';
    return type.endsWith('int') ? 'number' : 'string';
  };
  return { user: form('user'), product: form('product'), order: form('order'), payment: form('payment') };
}

function moneyOf({ schema = [], operations }: Evidence, { balances, orders }: Tables): MoneyForm {
  const holder = isOffered(balances) ? balances : { table: orders.table, balance: orders.total };
  const column = schema.find(({ name }) => name === holder.table)?.columns.find(({ name }) => name === holder.balance);
  const isDecimal = column !== undefined && /^(?:decimal|numeric|float|double)/.test(column.type);
  const decimals = isDecimal ? (column.scale ?? 2) : 0;
  const [first] = operations.getBalance;
  const field = first && matchFields(first.answer, { wanted: ['balance'] }).balance;
  const inJson =
    field?.type === 'string' ? 'decimal-string' : isDecimal && decimals > 0 ? 'decimal-number' : 'minor-units';
  return { decimals, inJson, inTables: isDecimal ? 'decimal' : 'minor-units' };
}

/** Returns the paths of an error's code, message and time, by their usual names, as far as a document has them. */
function errorsOf({ errors }: Evidence): TargetProfile['errors'] {
  const named = (pattern: RegExp) => errors.find(({ path, list }) => list === undefined && pattern.test(path))?.path;
  const code = named(/(?:^|\.)(?:error_?)?code$/i) ?? named(/(?:^|\.)type$/i) ?? named(/(?:^|\.)(?:error|reason)$/i);
  const message = named(/(?:^|\.)(?:error_?)?(?:message|msg)$/i) ?? named(/(?:^|\.)detail$/i);
  const timestamp = named(/(?:^|\.)time_?stamp$/i);
  if (code === undefined && message === undefined) return reference.errors;
  return {
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function policiesOf(maker: DraftMaker, { tables }: Evidence) {
  const { policies } = reference;
  const keyed = (['pay', 'createOrder', 'chargeBalance'] as const).filter((role) => {
    const operation = maker.operation(role);
    return (operation && isKeyRequired(operation)) ?? false;
  });
  const { maxLength, ground } = maxKeyLengthOf(
    (['pay', 'createOrder', 'chargeBalance'] as const).flatMap((role) => maker.operation(role) ?? []),
    tables,
  );
  maker.grounds.note(['policies', 'key', 'maxLength'], ground);
  const belongsTo = tables?.keysBelongTo;
  maker.grounds.note(['policies', 'key', 'belongsTo'], belongsTo ? 'from the unique index' : assumed());
  for (const name of ['refusalsStateAmounts', 'paymentsCommit'] as const) {
    maker.grounds.note(['policies', name], assumed());
  }
  return {
    ...policies,
    key: { maxLength, requiredFor: keyed, belongsTo: belongsTo ?? policies.key.belongsTo },
  };
}

/** Returns a profile made of what documents and tables say, before anything is tried. */
export function draftProfile(evidence: Evidence, choice: Choice): Draft {
  const maker = new DraftMaker(evidence, choice);
  const endpoints = endpointsOf(maker);
  const found = evidence.tables?.candidates;
  const own = {
    users: maker.table('users', found?.users, reference.tables.users),
    balances:
      found?.balances.length === 0
        ? maker.absent('balances', 'no table holds a balance')
        : maker.table('balances', found?.balances, reference.tables.balances),
    products: maker.table('products', found?.products, reference.tables.products),
    orders: maker.table('orders', found?.orders, reference.tables.orders),
    orderItems: maker.lines(evidence, found?.orderItems),
  };
  const isPaidApart = isOffered(endpoints.pay);
  const payments: Tables['payments'] =
    found?.payments.length === 0
      ? isPaidApart
        ? // A paid order is then its own payment.
          {
            table: own.orders.table,
            id: own.orders.id,
            orderId: own.orders.id,
            amount: own.orders.total,
            succeeded: { column: own.orders.status, value: reference.orderStatus.paid },
          }
        : maker.absent('payments', 'no table holds payments apart from orders')
      : maker.table('payments', found?.payments, reference.tables.payments);
  const tables: Tables = { ...own, payments, keys: evidence.tables?.candidates.keys ?? reference.tables.keys };
  const errors = errorsOf(evidence);
  for (const reason of Object.keys(reference.refusals)) maker.grounds.note(['refusals', reason], unseenRefusal);
  const profile: TargetProfile = {
    name: evidence.name,
    ...(evidence.authentication && { authentication: evidence.authentication }),
    ids: idsOf(evidence, tables),
    money: moneyOf(evidence, tables),
    endpoints,
    orderStatus: reference.orderStatus,
    errors,
    refusals: draftRefusals(reference, []),
    policies: policiesOf(maker, evidence),
    tables,
  };
  return { profile: withReplayStatuses(profile), grounds: maker.grounds };
}
