import { notOffered } from '../endpoint-forms.ts';
import { defineTarget } from '../target-profile.ts';
import { reference } from './reference.ts';

const { endpoints, policies, tables } = reference;

/** The Spring Boot shop of the original report, github.com/hkjs96/hhplus-ecommerce. */
export default defineTarget({
  ...reference,
  name: 'hhplus',
  endpoints: {
    ...endpoints,
    health: { method: 'GET', path: '/actuator/health', success: 200 },
    getOrder: notOffered('orders are only listed, all of a user at once'),
    cancelOrder: notOffered('orders cannot be cancelled'),
    pay: {
      ...endpoints.pay,
      body: { userId: 'userId' },
      answer: {
        orderId: 'orderId',
        paidAmount: 'paidAmount',
        remainingBalance: 'remainingBalance',
        status: 'status',
        paidAt: 'paidAt',
      },
    },
  },
  refusals: {
    ...reference.refusals,
    // A duplicate of an order or a top-up in flight is refused as "invalid input".
    'in-progress': { status: [400, 409], codes: ['PAY003', 'COMMON002'] },
    'order-state': { status: 400, codes: ['O003'] },
    // The service has no refusal of its own for this: its words for PAY003 are "duplicate request".
    'key-reuse': { status: 409, codes: ['PAY003'] },
    'foreign-order': { status: 400, codes: ['COMMON002'] },
    'invalid-quantity': { status: 400, codes: ['COMMON002', 'O001'] },
    'invalid-charge': { status: 400, codes: ['COMMON002', 'U002'] },
  },
  policies: {
    ...policies,
    replay: { paymentStatus: 200, orderStatus: 201, chargeStatus: 200, body: 'fields' },
    // The debit and the answer of the payment gateway are separate transactions.
    paymentsCommit: 'in-steps',
    key: { maxLength: 100, requiredFor: ['pay', 'createOrder', 'chargeBalance'], belongsTo: 'everybody' },
    refusalsStateAmounts: true,
    speaksEnglish: false,
  },
  tables: {
    ...tables,
    // Hibernate treats a row without a version as one that was never saved.
    users: { table: 'users', id: 'id', name: 'username', email: 'email', fixed: { version: 0 } },
    balances: { table: 'users', userId: 'id', balance: 'balance' },
    products: { ...tables.products, fixed: { version: 0 } },
    // There is no payments table: a paid order is its own payment.
    payments: {
      table: 'orders',
      id: 'id',
      orderId: 'id',
      amount: 'total_amount',
      succeeded: { column: 'status', value: 'COMPLETED' },
    },
    keys: [
      { table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' },
      { table: 'order_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['createOrder'] },
      { table: 'charge_balance_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['chargeBalance'] },
    ],
  },
});
