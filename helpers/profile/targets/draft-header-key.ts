import { defineTarget } from '../target-profile.ts';
import { reference } from './reference.ts';

const { endpoints, policies, tables } = reference;

/** Drafted from the document and the tables, and tried against the API. What is not said here is as in reference.ts. */
export default defineTarget({
  ...reference,
  name: 'draft-header-key',
  // from the document
  endpoints: {
    ...endpoints,
    chargeBalance: { ...endpoints.chargeBalance, key: { in: 'header', name: 'Idempotency-Key' } },
    createOrder: { ...endpoints.createOrder, key: { in: 'header', name: 'Idempotency-Key' } },
    pay: { ...endpoints.pay, key: { in: 'header', name: 'Idempotency-Key' } },
  },
  errors: { code: 'type', message: 'detail' },
  // seen
  refusals: {
    balance: {
      status: 409,
      codes: ['https://shop.example/problems/insufficient-balance'],
    },
    stock: {
      status: 409,
      codes: ['https://shop.example/problems/insufficient-stock'],
    },
    'in-progress': { status: 409, codes: [] },
    'order-state': {
      status: 409,
      codes: ['https://shop.example/problems/order-not-payable'],
    },
    'key-reuse': {
      status: 422,
      codes: ['https://shop.example/problems/key-reused'],
    },
    'foreign-order': {
      status: 403,
      codes: ['https://shop.example/problems/foreign-order'],
    },
    'unknown-order': {
      status: 404,
      codes: ['https://shop.example/problems/order-not-found'],
    },
    'unknown-user': {
      status: 404,
      codes: ['https://shop.example/problems/user-not-found'],
    },
    'unknown-product': {
      status: 404,
      codes: ['https://shop.example/problems/product-not-found'],
    },
    'invalid-quantity': {
      status: 400,
      codes: ['https://shop.example/problems/invalid-quantity'],
    },
    'invalid-charge': {
      status: 400,
      codes: ['https://shop.example/problems/invalid-charge-amount'],
    },
    'invalid-input': {
      status: 400,
      codes: ['https://shop.example/problems/invalid-input'],
    },
  },
  policies: {
    ...policies,
    inFlightDuplicates: 'wait', // seen
  },
  // from the tables
  tables: {
    ...tables,
    keys: [
      { table: 'charge_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['chargeBalance'] },
      { table: 'order_idempotency', userId: 'user_id', expiresAt: 'expires_at', of: ['createOrder'] },
      { table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' },
    ],
  },
});
