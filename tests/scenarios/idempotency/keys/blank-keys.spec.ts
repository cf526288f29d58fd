import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import type { NamedReason } from '../../../../helpers/profile/refusal-forms.ts';

/**
 * Sends a request under a blank key twice, and expects a replay, or two refusals: many servers take blanks for an empty
 * key, which they must refuse.
 *
 * @returns how often the request took effect.
 */
async function sendTwice(send: () => Promise<Exchange>, reasons: readonly NamedReason[]): Promise<number> {
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
  test('payments under keys of 1 and of 2 spaces are both charged or both refused', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
    profile,
    settings,
  }) => {
    needsKeys(profile, 'pay');
    needsUnusedKeyTexts(profile, settings);
    needsCarriedKeys(profile, 'pay', [' ', '  ']);
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const first = await placeOrder(account, { product });
    const second = await placeOrder(account, { product, quantity: 2 });

    const answers = [];
    for (const round of ['first', 'second']) {
      answers.push(await test.step(`${round} time: 1 space`, () => payOrder(first, ' ')));
      answers.push(await test.step(`${round} time: 2 spaces`, () => payOrder(second, '  ')));
    }
    // Many servers take blanks for an empty key, which they must refuse.
    const outcomes = answers.map(({ outcome }) => outcome);
    const { balances, payments } = await shopDatabase.stateOf([account]);
    expect({ outcomes: [...new Set(outcomes)], balances, payments }).toEqual(
      outcomes.includes('refused')
        ? { outcomes: ['refused'], balances: [50_000], payments: [] }
        : { outcomes: ['ok'], balances: [20_000], payments: [10_000, 20_000] },
    );
  });

  for (const [spaces, idempotencyKey] of [
    ['1 space', ' '],
    ['3 spaces', '   '],
  ] as const) {
    test(
      `order under a key of ${spaces} is created once or refused each time`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, 'createOrder');
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, 'createOrder', [idempotencyKey]);
        const account = await newAccount({ balance: 50_000 });
        const { productId } = await newProduct({ price: 10_000, stock: 10 });
        const request = { userId: account.userId, items: [{ productId, quantity: 1 }], idempotencyKey };
        const times = await sendTwice(() => shopApi.createOrder(request), ['invalid-input']);
        expect((await shopDatabase.stateOf([account])).orders).toHaveLength(times);
      },
    );

    test(
      `top-up under a key of ${spaces} is added once or refused each time`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, 'chargeBalance');
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, 'chargeBalance', [idempotencyKey]);
        const account = await newAccount({ balance: 5_000 });
        const charge = { amount: 1_000, idempotencyKey };
        const times = await sendTwice(
          () => shopApi.chargeBalance(account.userId, charge),
          ['invalid-input', 'invalid-charge'],
        );
        expect((await shopDatabase.stateOf([account])).balances).toEqual([5_000 + times * 1_000]);
      },
    );
  }
});
