import { needsDatabase, needsStock } from '../../../fixtures/needs.ts';
import { unlessForbidden } from '../../../fixtures/forbidden-products.ts';
import type { Records } from '../../../fixtures/records.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { Exchange } from '../../../helpers/api/exchange.ts';
import type { Seeding } from '../../../helpers/seeding/seeding.ts';

const oneTooMany = 'a quantity that is one piece more than 32 bits hold';

const excessiveQuantities: readonly (readonly [what: string, quantities: readonly number[]])[] = [
  [`${oneTooMany}, on one line, is not one piece`, [4_294_967_297]],
  [`${oneTooMany}, on two lines together, is not one piece`, [2_147_483_648, 2_147_483_649]],
  ['lines of one product that are two pieces in 32 bits are not two pieces', [2_147_483_647, 2_147_483_647, 4]],
  ['lines of one product that are less than nothing in 32 bits are no order', [1_073_741_824, 1_073_741_824]],
];

const excessiveTotals: readonly (readonly [what: string, price: number, quantities: readonly number[]])[] = [
  ['less than nothing in 64 bits', Number.MAX_SAFE_INTEGER, [2_048]],
  ['4,096 won in 64 bits', 2 ** 52 + 1, [4_096]],
  ['less than nothing in 64 bits as the sum of two lines', Number.MAX_SAFE_INTEGER, [1_024, 1_024]],
];

/** All digits of an answer, wherever the smallest unit begins. */
const digitsOf = ({ response }: Exchange): string => (response?.body ?? '').replaceAll('.', '');

/** The closing ledger cannot read an order whose total no number says: its account and products go without it. */
async function putBackUnread(isMade: boolean, seeding: Seeding, records: Records): Promise<void> {
  if (!isMade) return;
  await seeding.putBack(records);
  for (const name of ['accounts', 'products'] as const) records[name].splice(0);
}

test.describe('overflows', { tag: ['@orders', '@stock'] }, () => {
  for (const [what, quantities] of excessiveQuantities) {
    test(what, async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 1_000, stock: 10 });
      const { productId } = product;
      const items = quantities.map((quantity) => ({ productId, quantity }));
      const refused = await shopApi.createOrder({ userId: account.userId, items });
      // As many pieces are not there, nor the money, and an integer of 32 bits is no quantity for them either.
      expect(refused).toBeRefusedFor(['stock', 'invalid-quantity', 'invalid-input', 'balance']);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
    });
  }

  test(
    'a quantity whose price no JSON integer holds is refused',
    { tag: '@contract' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 1_000, stock: 5 });
      const items = [{ productId: product.productId, quantity: 1_000_000_000_000_000 }];
      const refused = await shopApi.createOrder({ userId: account.userId, items });
      expect(refused).toBeRefusedFor(['stock', 'invalid-quantity', 'invalid-input', 'balance']);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [5], orders: [] });
    },
  );

  for (const [what, price, quantities] of excessiveTotals) {
    test(
      `an order that is ${what} is refused, or as dear as it is`,
      { tag: ['@balance', '@contract'] },
      async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, records, seeding, settings }) => {
        needsDatabase(settings);
        const account = await newAccount({ balance: 10_000 });
        const { userId } = account;
        const items = [];
        for (const quantity of quantities) {
          const product = await unlessForbidden(newProduct({ price, stock: 5_000 }), shopDatabase);
          items.push({ productId: product.productId, quantity });
        }
        const total = quantities.reduce((won, quantity) => won + BigInt(price) * BigInt(quantity), 0n);
        // No number in JSON need be able to say what it costs: it is no part of the ledger's evidence.
        const unrecorded = shopApi.with({ onExchange: () => undefined });

        const answer = await unrecorded.createOrder({ userId, items, idempotencyKey: catalogue.idempotencyKey() });
        // Nobody asks for such prices: how a target refuses them is its own affair.
        expect(answer.outcome).not.toBe('unknown');
        const isMade = answer.outcome === 'ok';
        expect(isMade ? digitsOf(answer) : String(total), 'the total of the order').toContain(String(total));
        for (const { orderId } of (await shopDatabase.ledger([account], [])).orders) {
          const payment = await unrecorded.pay(orderId, { userId, idempotencyKey: catalogue.idempotencyKey() });
          expect(payment.outcome, 'what became of the payment of more than anybody has').toBe('refused');
        }
        const { balances, orders, payments } = await shopDatabase.stateOf([account]);
        expect({ balances, orders: orders.length, payments }).toEqual({
          ...{ balances: [10_000], orders: isMade ? 1 : 0, payments: [] },
        });
        await putBackUnread(isMade, seeding, records);
      },
    );
  }
});
