import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';

const upTo = (length: number, start: string, letter: string): string => start.padEnd(length, letter);

test.describe('keys at the edges', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'pay');
  });

  for (const [script, letter] of [
    ['Latin', 'k'],
    ['Korean', '가'],
  ] as const) {
    test(`keys that differ in the last of as many ${script} characters as there may be are two keys`, async ({
      newAccount,
      newProduct,
      placeOrder,
      payOrder,
      shopDatabase,
      catalogue,
      profile,
    }) => {
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const first = await placeOrder(account, { product });
      const second = await placeOrder(account, { product, quantity: 2 });
      const key = upTo(profile.policies.key.maxLength - 1, catalogue.digits(8), letter);

      expect(await payOrder(first, `${key}a`)).toBePaid(first, { remainingBalance: 90_000 });
      expect(await payOrder(second, `${key}b`)).toBePaid(second, { remainingBalance: 70_000 });
      expect((await shopDatabase.stateOf([account])).balances).toEqual([70_000]);
    });
  }

  test('keys of one blank and of two are two keys, or both refused', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
    profile,
    settings,
  }) => {
    needsUnusedKeyTexts(profile, settings);
    needsCarriedKeys(profile, 'pay', [' ', '  ']);
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const first = await placeOrder(account, { product });
    const second = await placeOrder(account, { product, quantity: 2 });

    const answers = [];
    for (const round of ['first', 'second']) {
      answers.push(await test.step(`${round} time: one blank`, () => payOrder(first, ' ')));
      answers.push(await test.step(`${round} time: two blanks`, () => payOrder(second, '  ')));
    }
    // Many a server takes what consists of blanks for empty, as which it must be refused.
    const outcomes = answers.map(({ outcome }) => outcome);
    const { balances, payments } = await shopDatabase.stateOf([account]);
    expect({ outcomes: [...new Set(outcomes)], balances, payments }).toEqual(
      outcomes.includes('refused')
        ? { outcomes: ['refused'], balances: [50_000], payments: [] }
        : { outcomes: ['ok'], balances: [20_000], payments: [10_000, 20_000] },
    );
  });

  test('keys of as many characters as there may be pay and replay', async ({
    newOrder,
    payOrder,
    catalogue,
    profile,
  }) => {
    const { order } = await newOrder({ balance: 10_000, price: 10_000 });
    const key = upTo(profile.policies.key.maxLength, catalogue.digits(8), 'k');
    const original = await payOrder(order, key);
    expect(original).toBePaid(order, { remainingBalance: 0 });
    expect(await payOrder(order, key)).toReplay(original);
  });

  test('a key of pictures pays and replays', async ({ newOrder, payOrder, catalogue, profile }) => {
    const key = catalogue.digits(8) + '😀'.repeat(Math.floor(profile.policies.key.maxLength / 2) - 4);
    const { order } = await newOrder({ balance: 10_000, price: 10_000 });
    const original = await payOrder(order, key);
    expect(original).toBePaid(order, { remainingBalance: 0 });
    expect(await payOrder(order, key)).toReplay(original);
  });

  test('keys that differ after a NUL are two keys, or both refused', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
    catalogue,
  }) => {
    const account = await newAccount({ balance: 100_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const first = await placeOrder(account, { product });
    const second = await placeOrder(account, { product });
    const start = `${catalogue.idempotencyKey()}\0`;

    const answers = [await payOrder(first, `${start}a`), await payOrder(second, `${start}b`)];
    const outcomes = answers.map(({ outcome }) => outcome);
    const { orders, payments } = await shopDatabase.stateOf([account]);
    expect({ orders, payments }).toEqual(
      outcomes.includes('refused')
        ? { orders: ['pending', 'pending'], payments: [] }
        : { orders: ['paid', 'paid'], payments: [10_000, 10_000] },
    );
  });
});
