import { needsDatabase, needsStock } from '../../../fixtures/needs/needs.ts';
import { needsAllowedProduct } from '../../../fixtures/needs/needs-allowed-product.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import type { Records } from '../../../fixtures/session/records.ts';
import { orderOfLines, paymentBy } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import type { Seeding } from '../../../helpers/seeding/seeding.ts';

const excessiveQuantities: readonly (readonly [what: string, quantities: readonly number[], tag?: string])[] = [
  ['2^32 + 1 pieces on one line is refused, not read as 1 piece', [4_294_967_297]],
  ['2^32 + 1 pieces on 2 lines is refused, not read as 1 piece', [2_147_483_648, 2_147_483_649]],
  ['2^32 + 2 pieces on 3 lines is refused, not read as 2 pieces', [2_147_483_647, 2_147_483_647, 4]],
  ['2^31 pieces on 2 lines is refused, not read as a negative quantity', [1_073_741_824, 1_073_741_824]],
  ['10^15 pieces with a total beyond 2^53 won is refused', [1_000_000_000_000_000], '@contract'],
];

const excessiveTotals: readonly (readonly [overflow: string, price: number, quantities: readonly number[]])[] = [
  ['to a negative amount', Number.MAX_SAFE_INTEGER, [2_048]],
  ['to 4,096 won', 2 ** 52 + 1, [4_096]],
  ['to a negative sum of 2 lines', Number.MAX_SAFE_INTEGER, [1_024, 1_024]],
];

/** Returns a total that an order should have, where its answer has it, tells none or was a refusal; else what it has. */
const totalIn = ({ outcome, response }: Exchange, total: string, { endpoints }: TargetProfile): string => {
  // Without decimal points, so that a total is found in it in any unit.
  const body = (response?.body ?? '').replaceAll('.', '');
  const name = endpoints.createOrder.answer.totalAmount?.split('.').at(-1);
  if (outcome !== 'ok' || name === undefined || body.includes(total)) return total;
  return new RegExp(String.raw`"${name}"\s*:\s*"?(-?\d+)`).exec(body)?.[1] ?? body;
};

/**
 * Puts back the accounts and products of an order that was made, and takes them out of the records: the closing ledger
 * cannot read an order whose total no number holds.
 */
async function putBackUnaudited(isMade: boolean, seeding: Seeding, records: Records): Promise<void> {
  if (!isMade) return;
  await seeding.putBack(records);
  records.unaudited.accounts.push(...records.accounts.splice(0));
  records.unaudited.products.push(...records.products.splice(0));
}

test.describe(
  'integer overflow',
  { tag: ['@orders', '@stock'], annotation: promise('overflow-refused-or-exact') },
  () => {
    for (const [what, quantities, tag = []] of excessiveQuantities) {
      test(`order of ${what}`, { tag }, async ({ newBuyer, shopApi, shopDatabase, profile }) => {
        needsStock(profile, { stockIsCheckedAt: 'order' });
        const { account, product } = await newBuyer({ balance: 100_000, price: 1_000, stock: 10 });
        const lines = quantities.map((quantity) => ({ ...product, quantity }));
        const refused = await shopApi.createOrder(orderOfLines(account, lines));
        // Stock, balance and the range of a 32-bit quantity may all be exceeded: a target may name any of them.
        expect(refused).toBeRefusedFor(['stock', 'invalid-quantity', 'invalid-input', 'balance']);
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
      });
    }

    for (const [overflow, price, quantities] of excessiveTotals) {
      test(
        `order whose total wraps ${overflow} in 64 bits is refused, or has the exact total and cannot be paid`,
        { tag: ['@balance', '@contract'] },
        async ({ newAccount, newProduct, shopApi, shopDatabase, newKey, records, seeding, settings, profile }) => {
          needsDatabase(settings);
          const account = await newAccount({ balance: 10_000 });
          const lines = [];
          for (const quantity of quantities) {
            const product = await needsAllowedProduct(newProduct({ price, stock: 5_000 }), shopDatabase);
            lines.push({ ...product, quantity });
          }
          const total = quantities.reduce((won, quantity) => won + BigInt(price) * BigInt(quantity), 0n);
          // JSON numbers need not hold the total exactly, so the ledger is not closed with these answers.
          const { unaudited } = records;
          const unrecorded = shopApi.with({ onExchange: (exchange) => unaudited.exchanges.push(exchange) });

          const answer = await unrecorded.createOrder(orderOfLines(account, lines, { idempotencyKey: newKey() }));
          // No client asks for such prices, so any refusal will do.
          expect(answer.outcome).not.toBe('unknown');
          const isMade = answer.outcome === 'ok';
          try {
            expect(totalIn(answer, String(total), profile), 'the total of the order').toBe(String(total));
            for (const { orderId } of (await shopDatabase.ledger([account], [])).orders) {
              const payment = await unrecorded.pay(orderId, paymentBy(account, newKey()));
              expect(payment.outcome, 'outcome of a payment beyond the balance').toBe('refused');
            }
            const { balances, orders, payments } = await shopDatabase.stateOf([account]);
            expect({ balances, orders: orders.length, payments }).toEqual({
              ...{ balances: [10_000], orders: isMade ? 1 : 0, payments: [] },
            });
          } finally {
            // Otherwise the ledger would miss the answer to the order, which was kept from it.
            await putBackUnaudited(isMade, seeding, records);
          }
        },
      );
    }
  },
);
