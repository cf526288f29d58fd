import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { deviationUnderLoad } from '../../../../helpers/findings/deviations/deviation-under-load.ts';
import { factOfBreach } from '../../../../helpers/findings/deviations/fact-of-breach.ts';
import { kindOfBreach } from '../../../../helpers/findings/kinds/kind-of-breach.ts';
import type { Kind } from '../../../../helpers/findings/kinds/kinds.ts';
import { seenUnderWay } from '../../../../helpers/ledger/ledger-breach.ts';
import type { LedgerBreach } from '../../../../helpers/ledger/ledger-breach.ts';
import { needed } from '../../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { charged, ordered, paid, refused } from '../../support/examples/exchange-examples.ts';

const money = (seen: number): LedgerBreach => ({
  ...{ check: 'money', sentence: 'money', userId: 1, expected: 1_000, seen },
});

const several: LedgerBreach = { check: 'several-payments', sentence: 'two payments', userId: 1, orderId: 12 };

const kindOf = (breach: LedgerBreach, made: readonly Exchange[], breaches: readonly LedgerBreach[] = []): Kind =>
  kindOfBreach(breach, [breach, ...breaches], made, reference).kind;

const onOtherOrder = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, path: '/api/orders/13/payment' },
});

test.describe('kind of a breach of the ledger', () => {
  test('missing money is a double charge only if one order was paid more than once', () => {
    expect(kindOf(money(900), [paid(), paid()])).toBe('charged-twice');
    expect(kindOf(money(900), [paid(), onOtherOrder(paid())])).toBe('debited-without-payment');
    expect(kindOf(money(900), [paid(), onOtherOrder(paid()), charged()])).toBe('top-up-lost');
    expect(kindOf(money(900), [ordered()])).toBe('debited-without-payment');
  });

  test('money of two users is exchanged where one has paid for the other, and payments name neither', () => {
    const payments = { table: 'orders', id: 'id', orderId: 'id', amount: 'total_amount' };
    const unnamed = { ...reference, tables: { ...reference.tables, payments } };
    const [short, other] = [money(900), { ...money(1_100), userId: 2 }];
    for (const breach of [short, other]) {
      expect(kindOfBreach(breach, [short, other], [paid()], unnamed).kind).toBe('paid-foreign-order');
    }
    expect(kindOfBreach(short, [short, other], [paid()], reference).kind).toBe('debited-without-payment');
    expect(kindOfBreach(short, [short, { ...other, seen: 1_200 }], [paid()], unnamed).kind).toBe(
      'debited-without-payment',
    );
  });

  test('money that a declined or failed payment keeps is told from a top-up beside it', () => {
    const topUp = charged();
    const asked = { ...topUp, request: { ...topUp.request, body: JSON.stringify({ amount: 300 }) } };
    const failedInside = refused('pay', 500, { code: 'COMMON001' });
    const made = [ordered({ orderId: 12, totalAmount: 400 }), failedInside, asked];
    expect(kindOf(money(600), made)).toBe('debited-without-payment');
    expect(kindOf(money(700), made)).toBe('top-up-lost');
    expect(kindOf(money(200), made)).toBe('top-up-lost');
    expect(kindOf(money(200), [...made, failedInside])).toBe('debited-without-payment');
  });

  test('top-up that is lost is a confused key where it was answered with the answer to an earlier one', () => {
    const topUp = charged();
    const later = { ...topUp, idempotencyKey: 'another key', sentAtMs: topUp.sentAtMs + topUp.durationMs + 1 };
    expect(kindOf(money(900), [topUp, later])).toBe('keys-confused');
    expect(kindOf(money(900), [topUp, { ...later, sentAtMs: topUp.sentAtMs }])).toBe('top-up-lost');
    const { idempotencyKey, sentAtMs } = later;
    expect(kindOf(money(900), [topUp, { ...charged({ balance: 7 }), idempotencyKey, sentAtMs }])).toBe('top-up-lost');
  });

  test('top-up that was refused and still added is written but not answered', () => {
    const topUp = refused('chargeBalance', 422, { code: 'PAY004' });
    const asked = { ...topUp, request: { ...topUp.request, body: JSON.stringify({ amount: 500 }) } };
    expect(kindOf(money(1_500), [charged(), asked])).toBe('written-but-not-answered');
    expect(kindOf(money(1_400), [charged(), asked])).toBe('topped-up-twice');
  });

  test("amount of a top-up is read from the profile's field and in its notation, whatever stands before it", () => {
    const chargeBalance = needed(reference.endpoints.chargeBalance, 'a top-up');
    const body = { userId: 'userId', amount: 'charge.amount' };
    const profile: TargetProfile = {
      ...reference,
      endpoints: { ...reference.endpoints, chargeBalance: { ...chargeBalance, body } },
      money: { decimals: 2, inJson: 'decimal-number', inTables: 'decimal' },
    };
    const asking = (topUp: Exchange): Exchange => ({
      ...topUp,
      request: { ...topUp.request, body: JSON.stringify({ userId: 40, charge: { amount: 10 } }) },
    });
    const of = (seen: number, ...made: readonly Exchange[]): Kind =>
      kindOfBreach(money(seen), [money(seen)], made, profile).kind;
    const refusedTopUp = asking(refused('chargeBalance', 422, { code: 'PAY004' }));
    expect(of(2_000, charged(), refusedTopUp)).toBe('written-but-not-answered');
    expect(of(1_010, charged(), refusedTopUp)).toBe('topped-up-twice');
    expect(of(1_040, charged(), refusedTopUp)).toBe('topped-up-twice');
    const topUp = asking(charged());
    expect(of(2_000, paid(), topUp, topUp)).toBe('topped-up-twice');
    expect(of(1_400, paid(), topUp, topUp)).toBe('paid-without-debit');
    const failed = [ordered({ orderId: 12, totalAmount: 40 }), refused('pay', 500, { code: 'COMMON001' })];
    expect(of(960, ...failed, topUp)).toBe('debited-without-payment');
    expect(of(0, ...failed, topUp)).toBe('top-up-lost');
  });

  test('surplus money is a wrong refund only if it matches the cancelled order', () => {
    const cancelled: Exchange = { ...ordered({ orderId: 13, totalAmount: 20_000 }), name: 'cancelOrder' };
    expect(kindOf(money(21_000), [paid(), cancelled])).toBe('refunded-too-much');
    expect(kindOf(money(21_000), [paid(), { ...cancelled, outcome: 'refused' }])).toBe('paid-without-debit');
    expect(kindOf(money(11_000), [paid(), cancelled])).toBe('paid-without-debit');
  });

  test('money of a paid order that was cancelled and is still gone was not given back', () => {
    const cancelled: Exchange = { ...ordered({ orderId: 13, totalAmount: 20_000 }), name: 'cancelOrder' };
    expect(kindOf(money(-19_000), [paid(), cancelled])).toBe('refund-lost');
    expect(kindOf(money(-18_000), [paid(), cancelled])).toBe('debited-without-payment');
    expect(kindOf(money(-19_000), [paid(), { ...cancelled, outcome: 'refused' }])).toBe('debited-without-payment');
  });

  test('surplus money is a double top-up only if it matches the repeated top-up', () => {
    const topUp = charged();
    const asked = { ...topUp, request: { ...topUp.request, body: JSON.stringify({ amount: 500 }) } };
    expect(kindOf(money(2_000), [paid(), asked, asked])).toBe('topped-up-twice');
    expect(kindOf(money(1_700), [paid(), asked, asked])).toBe('paid-without-debit');
    expect(kindOf(money(2_000), [paid(), asked])).toBe('paid-without-debit');
  });

  test('several payments of an order that debited nobody are no double charge', () => {
    expect(kindOf(several, [paid()])).toBe('charged-twice');
    expect(kindOf(several, [paid()], [money(1_500)])).toBe('paid-without-debit');
    expect(kindOf(several, [paid(), paid()], [money(1_500)])).toBe('replay-executed');
    expect(kindOf(several, [paid()], [{ ...money(1_500), userId: 2 }])).toBe('charged-twice');
  });

  test('order without lines and cancellation missing in its row are kinds of their own', () => {
    const of = (check: LedgerBreach['check']): Kind => kindOf({ check, sentence: '' }, []);
    expect(of('order-without-lines')).toBe('order-incomplete');
    expect(of('several-balances')).toBe('balance-split');
    expect(of('answered-cancellation-missing')).toBe('answered-but-not-written');
    expect(of('answered-payment-differs')).toBe('wrong-content');
  });

  test('charges of a gateway and payments contradict each other in one of four kinds', () => {
    const of = (check: LedgerBreach['check']): Kind => kindOf({ check, sentence: '' }, []);
    expect(of('charged-several-times')).toBe('charged-twice');
    expect(of('charge-without-payment')).toBe('charged-without-payment');
    expect(of('payment-without-charge')).toBe('paid-without-charge');
    expect(of('charge-differs')).toBe('wrong-amount');
  });

  test('breach seen only during requests is no loss of money or stock', () => {
    expect(kindOf(seenUnderWay(money(900)), [paid()])).toBe('seen-half-done');
    const stock: LedgerBreach = { check: 'stock', productId: 3, expected: 100, seen: 99, sentence: 'stock' };
    expect(kindOf(seenUnderWay(stock), [paid()])).toBe('seen-half-done');
    expect(kindOf(stock, [paid()])).toBe('stock-leaked');
  });

  test('breach seen only during requests is not called lost money, and names the policy that allows it', () => {
    const seen = factOfBreach(seenUnderWay(money(900)), reference.money);
    expect(seen).toBe(
      'the balance of user 1 was 900 and should have been 1000 for a moment, while requests were under way: it does not ' +
        "change in one transaction with its order (`policies.paymentsCommit: 'in-steps'` if it is not to)",
    );
    expect(seenUnderWay(money(900)).sentence).toBe('while requests were under way, money');
    expect(factOfBreach(money(900), reference.money)).toContain('100 won are gone');
  });

  test('under load, lost or surplus money is blamed on the last call of the iteration', () => {
    const under = (seen: number, last: 'pay' | 'createOrder') =>
      deviationUnderLoad(reference, money(seen), [], { last, circumstance: 'under-load' });
    expect(under(900, 'pay')).toMatchObject({
      ...{ kind: 'debited-without-payment', call: 'pay', circumstance: 'under-load' },
      numbers: { expected: 1_000, seen: 900 },
    });
    expect(under(1_100, 'createOrder')).toMatchObject({ kind: 'paid-without-debit', call: 'createOrder' });
    expect(under(900, 'pay').sentence).toBe(
      'Payment, under load: 100 won are gone: the balance of user 1 is 900 won and should be 1000.',
    );
  });
});
