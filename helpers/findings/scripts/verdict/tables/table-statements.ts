import { format } from 'mysql2';
import { isMissing } from '../../../../profile/endpoint-forms.ts';
import { linesOf } from '../../../../ledger/ledger-queries.ts';
import { scriptedTables } from '../../scripted-tables.ts';
import { template, type Template, type Variable } from '../../lines/shell-words.ts';
import { sqlName as name, sqlValue } from '../../lines/sql-words.ts';
import { wordsOfVoid } from '../../../../profile/order-state.ts';
import type { TargetProfile } from '../../../../profile/target-profile.ts';

/** Statements about the rows of the script's own users and products; each has a row for every breach. */
export function tableStatements({ tables, endpoints, orderStatus, policies }: TargetProfile) {
  const { balances, products, orders, payments } = scriptedTables(tables);
  const { from, values, ...orderItems } = linesOf(tables);
  const lines = format(from, [...values]);
  const ownUsers: Template = ['(', { variable: 'own_users' }, ')'];
  const ownProducts: Template = ['(', { variable: 'own_products' }, ')'];
  const success = payments.succeeded
    ? ` AND p.${name(payments.succeeded.column)} = ${sqlValue(payments.succeeded.value)}`
    : '';
  const payer = payments.userId === undefined ? `o.${name(orders.userId)}` : `p.${name(payments.userId)}`;
  const ofOrder = `p.${name(payments.orderId)} = o.${name(orders.id)}${success}`;
  const order = `o.${name(orders.id)}`;
  const status = `o.${name(orders.status)}`;
  const ownOrders = template`FROM ${name(orders.table)} o WHERE o.${name(orders.userId)} IN ${ownUsers}`;
  const isPaidIn = `(SELECT 1 FROM ${name(payments.table)} p WHERE ${ofOrder})`;
  const isLasting = `${status} NOT IN (${wordsOfVoid(orderStatus).map(sqlValue).join(', ')})`;
  const takes = policies.stockIsTakenAt === 'order' ? isLasting : `${status} = ${sqlValue(orderStatus.paid)}`;
  const refunds = policies.paidOrders === 'cancellable' ? ` AND COALESCE(${isLasting}, TRUE)` : '';
  const isRefunded = policies.paidOrders === 'cancellable' ? ` AND ${isLasting}` : '';
  const isPaid = isMissing(endpoints.pay) ? isLasting : `${status} = ${sqlValue(orderStatus.paid)}`;
  return {
    belowZero:
      balances &&
      template`SELECT 'user', b.${name(balances.userId)}, 'balance', b.${name(balances.balance)} FROM ${name(balances.table)} b WHERE b.${name(balances.userId)} IN ${ownUsers} AND b.${name(balances.balance)} < 0`,
    oversold: template`SELECT 'product', r.${name(products.id)}, 'stock', r.${name(products.stock)} FROM ${name(products.table)} r WHERE r.${name(products.id)} IN ${ownProducts} AND r.${name(products.stock)} < 0`,
    /** @param differs `<>`, or `<` where more may be there. */
    money: (user: Template, expected: Template, differs: string): Template | undefined => {
      if (!balances) return undefined;
      const paid = template`SELECT SUM(p.${name(payments.amount)}) FROM ${name(payments.table)} p LEFT JOIN ${name(orders.table)} o ON o.${name(orders.id)} = p.${name(payments.orderId)} WHERE ${payer} = ${user}${success}${refunds}`;
      const ordered = template`SELECT SUM(o.${name(orders.total)}) FROM ${name(orders.table)} o WHERE o.${name(orders.userId)} = ${user} AND ${isLasting}`;
      const taken = policies.balanceIsTakenAt === 'order' ? ordered : paid;
      return template`SELECT 'user', b.${name(balances.userId)}, 'balance', b.${name(balances.balance)}, 'paid', COALESCE((${taken}), 0) FROM ${name(balances.table)} b WHERE b.${name(balances.userId)} = ${user} AND b.${name(balances.balance)} ${differs} ${expected} - COALESCE((${taken}), 0)`;
    },
    stock: (product: Template, opening: number): Template => {
      const sold = template`SELECT SUM(i.${name(orderItems.quantity)}) FROM ${lines} i JOIN ${name(orders.table)} o ON o.${name(orders.id)} = i.${name(orderItems.orderId)} WHERE i.${name(orderItems.productId)} = ${product} AND o.${name(orders.userId)} IN ${ownUsers} AND ${takes}`;
      return template`SELECT 'product', r.${name(products.id)}, 'stock', r.${name(products.stock)}, 'ordered', COALESCE((${sold}), 0) FROM ${name(products.table)} r WHERE r.${name(products.id)} = ${product} AND r.${name(products.stock)} <> ${String(opening)} - COALESCE((${sold}), 0)`;
    },
    severalPayments: template`SELECT 'order', ${order}, 'payments', COUNT(*) FROM ${name(orders.table)} o JOIN ${name(payments.table)} p ON ${ofOrder} WHERE o.${name(orders.userId)} IN ${ownUsers} GROUP BY ${order} HAVING COUNT(*) > 1`,
    paidWithoutPayment: template`SELECT 'order', ${order}, ${status} ${ownOrders} AND ${isPaid} AND NOT EXISTS ${isPaidIn}`,
    paymentOfUnpaidOrder: template`SELECT 'order', ${order}, ${status} ${ownOrders} AND NOT (${isPaid})${isRefunded} AND EXISTS ${isPaidIn}`,
    paymentDiffers: template`SELECT 'order', ${order}, 'total', o.${name(orders.total)}, 'paid', p.${name(payments.amount)}, 'by user', ${payer} FROM ${name(orders.table)} o JOIN ${name(payments.table)} p ON ${ofOrder} WHERE o.${name(orders.userId)} IN ${ownUsers} AND (p.${name(payments.amount)} <> o.${name(orders.total)} OR ${payer} <> o.${name(orders.userId)})`,
    lineWithoutOrder: template`SELECT 'product', i.${name(orderItems.productId)}, 'of order', i.${name(orderItems.orderId)} FROM ${lines} i WHERE i.${name(orderItems.productId)} IN ${ownProducts} AND NOT EXISTS (SELECT 1 FROM ${name(orders.table)} o WHERE ${order} = i.${name(orderItems.orderId)})`,
    orderWithoutLines: template`SELECT 'order', ${order} ${ownOrders} AND NOT EXISTS (SELECT 1 FROM ${lines} i WHERE i.${name(orderItems.orderId)} = ${order})`,
    subtotal:
      orders.subtotal === undefined || orderItems.subtotal === undefined
        ? undefined
        : template`SELECT 'order', ${order}, 'subtotal', o.${name(orders.subtotal)}, 'lines', SUM(i.${name(orderItems.subtotal)}) FROM ${name(orders.table)} o JOIN ${lines} i ON i.${name(orderItems.orderId)} = ${order} WHERE o.${name(orders.userId)} IN ${ownUsers} GROUP BY ${order}, o.${name(orders.subtotal)} HAVING SUM(i.${name(orderItems.subtotal)}) <> o.${name(orders.subtotal)}`,
    /** Orders of own users that are not among those of a variable, `'1','2'`. */
    orderNotIn: (told: Variable): Template =>
      template`SELECT 'order', ${order}, ${status} ${ownOrders} AND ${order} NOT IN (''${told})`,
    paymentNotIn: (told: Variable): Template =>
      template`SELECT 'payment', p.${name(payments.id)}, 'of order', ${order} FROM ${name(orders.table)} o JOIN ${name(payments.table)} p ON ${ofOrder} WHERE o.${name(orders.userId)} IN ${ownUsers} AND ${order} NOT IN (''${told})`,
    /** A row where an order is not there. */
    orderMissing: (id: Variable): Template =>
      template`SELECT 'order', '${id}' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM ${name(orders.table)} o WHERE ${order} = '${id}')`,
    paymentMissing: (orderId: Variable, paymentId: Variable): Template =>
      template`SELECT 'payment', '${paymentId}', 'of order', '${orderId}' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM ${name(payments.table)} p JOIN ${name(orders.table)} o ON ${ofOrder} WHERE ${order} = '${orderId}' AND ('${paymentId}' = '' OR p.${name(payments.id)} = '${paymentId}'))`,
  };
}
