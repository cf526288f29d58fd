import { notOffered } from '../endpoint-forms.ts';
import { defineTarget } from '../target-profile.ts';
import { reference } from './reference.ts';

const { endpoints, policies, refusals, tables } = reference;

/** Drafted from the document and the tables, and tried against the API. What is not said here is as in reference.ts. */
export default defineTarget({
  ...reference,
  name: 'draft-hhplus',
  // from the document
  endpoints: {
    ...endpoints,
    health: { ...endpoints.health, path: '/actuator/health' },
    getOrder: notOffered('the document has no such call'),
    cancelOrder: notOffered('the document has no such call'),
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
  // seen
  refusals: {
    ...refusals,
    'in-progress': { status: 409, codes: [] },
    'order-state': { status: 400, codes: ['O003'] },
    'key-reuse': { status: 409, codes: ['PAY003'] },
    'foreign-order': { status: 400, codes: ['COMMON002'] },
    'invalid-quantity': { status: 400, codes: ['COMMON002'] },
    'invalid-charge': { status: 400, codes: ['COMMON002'] },
  },
  policies: {
    ...policies,
    replay: { paymentStatus: 200, orderStatus: 201, chargeStatus: 200, body: 'bytes' },
    inFlightDuplicates: 'wait', // seen
    key: {
      maxLength: 100, // from the document
      requiredFor: ['pay', 'createOrder', 'chargeBalance'],
      belongsTo: 'everybody', // from the unique index
    },
  },
  // from the tables
  tables: {
    ...tables,
    users: { ...tables.users, name: 'username' },
    balances: { table: 'users', userId: 'id', balance: 'balance' },
    payments: {
      table: 'orders',
      id: 'id',
      orderId: 'id',
      amount: 'total_amount',
      succeeded: { column: 'status', value: 'COMPLETED' },
    },
    keys: [
      { table: 'charge_balance_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['chargeBalance'] },
      { table: 'order_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['createOrder'] },
      { table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' },
    ],
  },
});
