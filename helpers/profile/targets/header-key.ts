import type { KeyPlace } from '../endpoint-forms.ts';
import { defineTarget } from '../target-profile.ts';
import { reference } from './reference.ts';

const { endpoints, refusals } = reference;

const key: KeyPlace = { in: 'header', name: 'Idempotency-Key' };

const problem = (name: string): { codes: [string] } => ({ codes: [`https://shop.example/problems/${name}`] });

/**
 * An API that follows the Idempotency-Key draft (draft-ietf-httpapi-idempotency-key-header) and problem details
 * (RFC 9457), and the example to copy: everything else is as in reference.ts.
 */
export default defineTarget({
  ...reference,
  name: 'header-key',
  endpoints: {
    ...endpoints,
    chargeBalance: { ...endpoints.chargeBalance, key },
    createOrder: { ...endpoints.createOrder, key },
    pay: { ...endpoints.pay, key },
  },
  errors: { code: 'type', message: 'detail' },
  refusals: {
    balance: { ...refusals.balance, ...problem('insufficient-balance') },
    stock: { ...refusals.stock, ...problem('insufficient-stock') },
    'in-progress': { ...refusals['in-progress'], ...problem('key-in-progress') },
    'order-state': {
      status: 409,
      codes: ['https://shop.example/problems/order-not-payable', 'https://shop.example/problems/order-not-cancellable'],
    },
    'key-reuse': { ...refusals['key-reuse'], ...problem('key-reused') },
    'foreign-order': { ...refusals['foreign-order'], ...problem('foreign-order') },
    'unknown-order': { ...refusals['unknown-order'], ...problem('order-not-found') },
    'unknown-user': { ...refusals['unknown-user'], ...problem('user-not-found') },
    'unknown-product': { ...refusals['unknown-product'], ...problem('product-not-found') },
    'invalid-quantity': { ...refusals['invalid-quantity'], ...problem('invalid-quantity') },
    'invalid-charge': { ...refusals['invalid-charge'], ...problem('invalid-charge-amount') },
    'invalid-input': { ...refusals['invalid-input'], ...problem('invalid-input') },
  },
});
