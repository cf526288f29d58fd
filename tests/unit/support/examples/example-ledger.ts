import type { LedgerSnapshot } from '../../../../helpers/ledger/ledger-snapshot.ts';

/** User 1 has 1,000,000 won, product 3 has 10 pieces, and there is no order. */
export const beforeAnyOrder: LedgerSnapshot = {
  accounts: [{ userId: 1, balance: 1_000_000 }],
  products: [{ productId: 3, stock: 10 }],
  orders: [],
  items: [],
  payments: [],
};

/** Order 12, one piece of product 3 for 50,000 won, was paid with payment 7. */
export const afterPayment: LedgerSnapshot = {
  accounts: [{ userId: 1, balance: 950_000 }],
  products: [{ productId: 3, stock: 9 }],
  orders: [{ orderId: 12, userId: 1, total: 50_000, status: 'COMPLETED' }],
  items: [{ orderId: 12, productId: 3, quantity: 1 }],
  payments: [{ paymentId: 7, orderId: 12, userId: 1, amount: 50_000 }],
};
