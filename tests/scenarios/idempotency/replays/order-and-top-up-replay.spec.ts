import { needsKeys } from '../../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../../fixtures/not-applicable.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { reorderJson } from '../../../../helpers/text/reorder-json.ts';

test.describe('order and top-up replay', { tag: '@idempotency' }, () => {
  test(
    'replayed order with reordered and reformatted JSON answers the original',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const { userId } = account;
      const idempotencyKey = catalogue.idempotencyKey();
      const items = [{ productId: product.productId, quantity: 2 }];
      const original = await shopApi.createOrder({ userId, items, idempotencyKey });
      expect(original).toBeOrdered({ userId, lines: [{ ...product, quantity: 2 }] });

      const text = reorderJson(original.request.body);
      expect(await shopApi.sendText('createOrder', { userId }, text, { idempotencyKey })).toReplay(original);
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    },
  );

  test(
    'replayed top-up with reordered and reformatted JSON answers the original',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const idempotencyKey = catalogue.idempotencyKey();
      const original = await shopApi.chargeBalance(userId, { amount: 20_000, idempotencyKey });

      const text = reorderJson(original.request.body);
      expect(await shopApi.sendText('chargeBalance', { userId }, text, { idempotencyKey })).toReplay(original);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([25_000]);
    },
  );

  test(
    'replay header marks a replayed order and not the original',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, catalogue, profile }) => {
      const { header } = profile.policies.replay;
      needsKeys(profile, 'createOrder');
      notApplicableIf(!header, 'this target does not mark replays');
      const { userId } = await newAccount({ balance: 100_000 });
      const { productId } = await newProduct({ price: 10_000, stock: 10 });
      const items = [{ productId, quantity: 1 }];
      const request = { userId, items, idempotencyKey: catalogue.idempotencyKey() };
      const original = await shopApi.createOrder(request);
      expect(original.response?.headers[header?.name.toLowerCase() ?? '']).not.toBe(header?.value);
      expect(await shopApi.createOrder(request)).toReplay(original);
    },
  );

  test(
    'replay header marks a replayed top-up and not the original',
    { tag: '@balance' },
    async ({ newAccount, shopApi, catalogue, profile }) => {
      const { header } = profile.policies.replay;
      needsKeys(profile, 'chargeBalance');
      notApplicableIf(!header, 'this target does not mark replays');
      const { userId } = await newAccount({ balance: 5_000 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const original = await shopApi.chargeBalance(userId, charge);
      expect(original.response?.headers[header?.name.toLowerCase() ?? '']).not.toBe(header?.value);
      expect(await shopApi.chargeBalance(userId, charge)).toReplay(original);
    },
  );
});
