import { test } from '@playwright/test';
import type { Id } from '../../../helpers/profile/ids.ts';
import { expect } from '../../../fixtures/expect.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { answeredFacts } from '../../../helpers/ledger/answered-facts.ts';
import {
  charged,
  lost,
  malformed,
  orderAnswer,
  ordered,
  paid,
  paymentAnswer,
  refused,
  unaffordable,
} from '../support/examples/exchange-examples.ts';

const depositsOf = (...exchanges: Parameters<typeof answeredFacts>[0]): [Id, number][] => [
  ...answeredFacts(exchanges).deposits,
];

test.describe('answered facts', () => {
  test('no exchanges give no facts', () => {
    expect(answeredFacts([])).toEqual({
      orders: [],
      payments: [],
      cancelled: [],
      deposits: new Map(),
      lostCharges: 0,
      lostOrders: 0,
      lostPayments: 0,
    });
  });

  test('only successful answers count as orders and payments', () => {
    const facts = answeredFacts([ordered(), paid(), unaffordable(), refused('createOrder', 409, { code: 'P002' })]);
    expect(facts.orders).toEqual([orderAnswer()]);
    expect(facts.payments).toEqual([paymentAnswer()]);
    expect(facts).toMatchObject({ lostOrders: 0, lostPayments: 0 });
  });

  test('only successful cancellations count as cancelled orders', () => {
    const of = (exchange: Exchange): Exchange => ({ ...exchange, name: 'cancelOrder' });
    const again = of(refused('createOrder', 409, { code: 'O003' }));
    expect(answeredFacts([of(ordered()), again, ordered({ orderId: 13 })]).cancelled).toEqual([12]);
  });

  test('lost answers are counted per call', () => {
    const exchanges = [lost('createOrder'), lost('pay'), lost('pay'), lost('chargeBalance'), paid(), ordered()];
    expect(answeredFacts(exchanges)).toMatchObject({ lostOrders: 1, lostPayments: 2, lostCharges: 1 });
  });

  test('malformed success counts neither as a fact nor as a lost answer', () => {
    const facts = answeredFacts([malformed('pay', '{}', 'no'), malformed('createOrder', '[]', 'no')]);
    expect(facts).toMatchObject({ orders: [], payments: [], lostOrders: 0, lostPayments: 0 });
  });

  test('numeric idempotency key and its text are the same key', () => {
    const charge = charged({ chargedAmount: 10_000 }, { key: '12' });
    expect(depositsOf({ ...charge, idempotencyKey: 12 }, charge)).toEqual([[1, 10_000]]);
  });

  test('top-ups of a user add up', () => {
    expect(
      depositsOf(
        charged({ chargedAmount: 10_000 }, { key: 'a' }),
        charged({ chargedAmount: 5000 }, { key: 'b' }),
        charged({ userId: 2, chargedAmount: 7 }, { key: 'c' }),
      ),
    ).toEqual([
      [1, 15_000],
      [2, 7],
    ]);
  });

  test("replayed top-up counts once, another user's top-up with the same key counts too", () => {
    const replays = [charged({}, { key: 'a' }), charged({}, { key: 'a' }), charged({}, { key: 'a' })];
    expect(depositsOf(...replays)).toEqual([[1, 10_000]]);
    expect(depositsOf(...replays, charged({ userId: 2 }, { key: 'a' }))).toEqual([
      [1, 10_000],
      [2, 10_000],
    ]);
  });

  test('idempotency keys are compared byte for byte', () => {
    const keys = ['a', 'A', 'a ', 'á', '1'].map((key) => charged({ chargedAmount: 1 }, { key }));
    expect(depositsOf(...keys)).toEqual([[1, 5]]);
  });

  test('top-ups without an idempotency key all count', () => {
    const { idempotencyKey, ...keyless } = charged();
    expect(idempotencyKey).toBeDefined();
    expect(depositsOf(keyless, keyless, charged({}, { key: '#0' }))).toEqual([[1, 30_000]]);
  });

  test('refused and lost top-ups deposit nothing', () => {
    expect(depositsOf(refused('chargeBalance', 400, { code: 'U002' }), lost('chargeBalance'))).toEqual([]);
  });
});
