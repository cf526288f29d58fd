import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import gatewayByCard from '../../../fixtures/shops/targets/gateway-by-card.ts';
import { checkCharges } from '../../../helpers/ledger/check-charges.ts';
import type { LedgerSnapshot } from '../../../helpers/ledger/ledger-snapshot.ts';

const order = { orderId: 12, userId: 1, total: 10_000, status: 'COMPLETED' };
const charge = { orderId: 12, amount: 10_000 };

/** Order 12 of 10,000 won was paid, and the gateway was charged for it. */
const paid: LedgerSnapshot = {
  accounts: [{ userId: 1, balance: 0 }],
  products: [],
  orders: [order],
  items: [],
  payments: [{ paymentId: 7, orderId: 12, userId: 1, amount: 10_000 }],
  charges: [charge],
};

const pending: Partial<LedgerSnapshot> = { orders: [{ ...order, status: 'PENDING' }], payments: [] };

const check = (changes: Partial<LedgerSnapshot>, profile: typeof gatewayByCard = gatewayByCard) =>
  checkCharges(profile, { ...paid, ...changes }).map(({ check: name, sentence }) => [name, sentence]);

test.describe('charges of a gateway', () => {
  test('paid order with its charge and pending one without are in order', () => {
    expect(check({})).toEqual([]);
    expect(check({ ...pending, charges: [] })).toEqual([]);
    expect(check({ orders: [{ ...order, total: 0 }], charges: [] })).toEqual([]);
  });

  test('two charges for one payment are reported with their amount', () => {
    expect(check({ charges: [charge, charge] })).toEqual([
      [
        'charged-several-times',
        'the gateway charged 2 × 10000 won for order 12 (COMPLETED, total 10000), which has one payment',
      ],
    ]);
    expect(check({ charges: [charge, { ...charge, amount: 500 }] })[0]?.[1]).toContain('charged 10000 + 500 won');
  });

  test('charge without a payment, and payment without a charge, are breaches', () => {
    expect(check(pending)).toEqual([
      [
        'charge-without-payment',
        'the gateway charged 1 × 10000 won for order 12 (PENDING, total 10000), which has no payment',
      ],
    ]);
    expect(check({ charges: [] })).toEqual([
      ['payment-without-charge', 'order 12 (COMPLETED, total 10000) is paid, and the gateway was never charged for it'],
    ]);
  });

  test('charge of another amount than the order is a breach', () => {
    expect(check({ charges: [{ ...charge, amount: 9_000 }] })[0]?.[0]).toBe('charge-differs');
  });

  test('amounts are said as the target writes them', () => {
    const decimal = { ...gatewayByCard, money: { ...gatewayByCard.money, decimals: 2 } };
    const charges = [charge, { ...charge, amount: 9_000 }];
    expect(check({ charges }, decimal)[0]?.[1]).toBe(
      'the gateway charged 100.00 + 90.00 for order 12 (COMPLETED, total 100.00), which has one payment',
    );
    expect(check({ charges: [charge, charge] }, decimal)[0]?.[1]).toContain('charged 2 × 100.00 for order 12');
  });

  test('order that was paid and refunded keeps no charge', () => {
    const refunding = {
      ...gatewayByCard,
      policies: { ...gatewayByCard.policies, paidOrders: 'cancellable' as const },
    };
    const orders = [{ ...order, status: 'CANCELLED' }];
    expect(check({ orders, charges: [] }, refunding)).toEqual([]);
    expect(check({ orders }, refunding)[0]?.[0]).toBe('charge-without-payment');
  });

  test('nothing is said where the charges are not known', () => {
    const { charges, ...unknown } = paid;
    expect(charges).toHaveLength(1);
    expect(checkCharges(gatewayByCard, unknown)).toEqual([]);
  });
});
