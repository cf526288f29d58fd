import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import type { NamedReason } from '../../../../helpers/profile/refusal-forms.ts';

/**
 * Many a server takes what consists of blanks for empty, as which it must be refused: then it is so each time. Else it
 * is a key.
 *
 * @returns how often the request was done.
 */
async function sentTwice(send: () => Promise<Exchange>, reasons: readonly NamedReason[]): Promise<number> {
  const first = await test.step('first time', send);

  const second = await test.step('second time', send);

  if (first.outcome === 'ok') {
    expect(second).toReplay(first);
    return 1;
  }
  for (const refused of [first, second]) expect(refused).toBeRefusedFor(reasons);
  return 0;
}

test.describe('blank keys', { tag: '@idempotency' }, () => {
  for (const [what, idempotencyKey] of [
    ['one blank', ' '],
    ['three blanks', '   '],
  ] as const) {
    test(
      `an order under a key of ${what} is made once, or refused`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, 'createOrder');
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, 'createOrder', [idempotencyKey]);
        const account = await newAccount({ balance: 50_000 });
        const { productId } = await newProduct({ price: 10_000, stock: 10 });
        const request = { userId: account.userId, items: [{ productId, quantity: 1 }], idempotencyKey };
        const times = await sentTwice(() => shopApi.createOrder(request), ['invalid-input']);
        expect((await shopDatabase.stateOf([account])).orders).toHaveLength(times);
      },
    );

    test(
      `a top-up under a key of ${what} adds once, or is refused`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, 'chargeBalance');
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, 'chargeBalance', [idempotencyKey]);
        const account = await newAccount({ balance: 5_000 });
        const charge = { amount: 1_000, idempotencyKey };
        const times = await sentTwice(
          () => shopApi.chargeBalance(account.userId, charge),
          ['invalid-input', 'invalid-charge'],
        );
        expect((await shopDatabase.stateOf([account])).balances).toEqual([5_000 + times * 1_000]);
      },
    );
  }
});
