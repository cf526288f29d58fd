import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import balanceTakenAtOrder from '../../../fixtures/shops/targets/balance-taken-at-order.ts';
import ordersAlone from '../../../fixtures/shops/targets/orders-alone.ts';
import paidAsPlaced from '../../../fixtures/shops/targets/paid-as-placed.ts';
import { NotedBalances } from '../../../helpers/database/rows/noted-balances.ts';
import { answeredFacts } from '../../../helpers/ledger/answered-facts.ts';
import { checkLedger } from '../../../helpers/ledger/check-ledger.ts';
import { moneyReserved, moneyTaken } from '../../../helpers/ledger/taken.ts';
import type { LedgerSnapshot } from '../../../helpers/ledger/ledger-snapshot.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';

const ledgerOf = (balance: number, statuses: readonly string[], paid: readonly number[]): LedgerSnapshot => ({
  accounts: [{ userId: 1, balance }],
  products: [],
  orders: statuses.map((status, nth) => ({ orderId: nth, userId: 1, total: 10, status })),
  items: statuses.map((_, nth) => ({ orderId: nth, productId: 1, quantity: 1 })),
  payments: paid.map((orderId) => ({ paymentId: orderId, orderId, userId: 1, amount: 10 })),
});

const problemsOf = (profile: TargetProfile, after: LedgerSnapshot): string[] =>
  checkLedger(profile, ledgerOf(100, [], []), after, {
    ...answeredFacts([]),
    lostOrders: 1,
    lostPayments: 1,
  }).map(({ check }) => check);

const mixed = ledgerOf(0, ['PENDING', 'COMPLETED', 'CANCELLED'], [1]);

test.describe('money that orders take', () => {
  test('is what was paid, or the total of all orders that are not cancelled', () => {
    expect(moneyTaken(reference, mixed)).toEqual(new Map([[1, 10]]));
    expect(moneyTaken(balanceTakenAtOrder, mixed)).toEqual(new Map([[1, 20]]));
  });

  test('is reserved as long as the order waits for its payment', () => {
    expect(moneyReserved(reference, mixed)).toEqual(new Map());
    expect(moneyReserved(balanceTakenAtOrder, mixed)).toEqual(new Map([[1, 10]]));
  });

  test('is missed where an order took nothing, too much, or its cancellation gave nothing back', () => {
    const after = (balance: number) => problemsOf(balanceTakenAtOrder, ledgerOf(balance, ['PENDING', 'CANCELLED'], []));
    expect([after(90), after(100), after(80)]).toEqual([[], ['money'], ['money']]);
  });

  test('must be paid once by each order that is paid as it is placed', () => {
    const after = (paid: number[]) => problemsOf(paidAsPlaced, ledgerOf(90, ['COMPLETED'], paid));
    expect([after([0]), after([]), after([0, 0])]).toEqual([[], ['paid-without-payment'], ['several-payments']]);
  });
});

test.describe('noted balances', () => {
  test('stand for those that nobody holds, and leave those of a table alone', () => {
    const noted = new NotedBalances({
      ...ordersAlone,
      policies: { ...ordersAlone.policies, balanceIsTakenAt: 'order' },
    });
    noted.add(1, 100);
    noted.add(1, 5);
    expect(noted.in(mixed).accounts).toEqual([{ userId: 1, balance: 85 }]);
    expect(new NotedBalances(reference).in(mixed)).toBe(mixed);
  });
});
