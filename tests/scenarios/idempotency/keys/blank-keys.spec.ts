import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import type { NamedReason } from '../../../../helpers/profile/refusal-forms.ts';

/**
 * Sends a request under a blank key twice, and expects a replay, or two refusals: many servers take blanks for an empty
 * key, which they must refuse.
 *
 * @returns true if the request took effect, once.
 */
async function sendTwice(send: () => Promise<Exchange>, reasons: readonly NamedReason[]): Promise<boolean> {
  const first = await test.step('first time', send);

  const second = await test.step('second time', send);

  if (first.outcome === 'ok') {
    expect(second).toReplay(first);
    return true;
  }
  for (const refused of [first, second]) expect(refused).toBeRefusedFor(reasons);
  return false;
}

test.describe('blank keys', { tag: '@idempotency' }, () => {
  test(
    'payments under keys of 1 and of 2 spaces are both charged or both refused',
    { annotation: promise('keys-compared-exactly') },
    async ({ newBuyer, placeOrder, payOrder, shopDatabase, profile, settings }) => {
      needsKeys(profile, 'pay');
      needsUnusedKeyTexts(profile, settings);
      needsCarriedKeys(profile, 'pay', [' ', '  ']);
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      const orders = [
        { order: await placeOrder(account, { product }), key: ' ' },
        { order: await placeOrder(account, { product, quantity: 2 }), key: '  ' },
      ];

      const payments = [];
      for (const { order, key } of [...orders, ...orders]) {
        const answer = await test.step(`${key.length} spaces`, () => payOrder(order, key));

        payments.push({ order, answer });
      }
      // Many servers take blanks for an empty key, which they must refuse.
      const areRefused = payments.every(({ answer }) => answer.outcome === 'refused');
      for (const { order, answer } of payments.filter(() => !areRefused)) expect(answer).toBePaid(order);
      expect(await shopDatabase.stateOf([account])).toMatchObject(
        areRefused ? { balances: [50_000], payments: [] } : { balances: [20_000], payments: [10_000, 20_000] },
      );
    },
  );

  for (const [spaces, key] of [
    ['1 space', ' '],
    ['3 spaces', '   '],
  ] as const) {
    for (const [call, title, tag] of [
      ['createOrder', `order under a key of ${spaces} is created once or refused each time`, '@orders'],
      ['chargeBalance', `top-up under a key of ${spaces} is added once or refused each time`, '@balance'],
    ] as const) {
      test(
        title,
        { tag, annotation: promise('odd-key-refused-or-honoured') },
        async ({ newRequest, shopDatabase, profile, settings }) => {
          needsKeys(profile, call);
          needsUnusedKeyTexts(profile, settings);
          needsCarriedKeys(profile, call, [key]);
          const { account, send, malformed, before, after } = await newRequest(call);
          const isDone = await sendTwice(() => send(key), malformed);
          expect(await shopDatabase.stateOf([account])).toMatchObject(isDone ? after : before);
        },
      );
    }
  }
});
