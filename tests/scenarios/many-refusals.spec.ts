import { needsKeys } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { absentId } from '../../helpers/ids.ts';

// Pools of shops have 10 connections (HikariCP) to 25: who forgets to give one back at a refusal runs out of them.
const moreThanMostPoolsHave = 26;

test.describe('many refusals', { tag: '@contract' }, () => {
  for (const what of ['of strangers', 'of orders that are not there', 'of used keys'] as const) {
    test(`more refusals ${what} than most pools have connections leave the target able to pay`, async ({
      newAccount,
      newOrder,
      placeOrder,
      payOrder,
      shopApi,
      catalogue,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const stranger = await newAccount({ balance: 100_000 });
      const usedKey = catalogue.idempotencyKey();
      expect(await payOrder(order, usedKey)).toBePaid(order);
      const next = await placeOrder(account, { product });
      const paying = (orderId: typeof order.orderId, { userId }: typeof account) =>
        shopApi.pay(orderId, { userId, idempotencyKey: catalogue.idempotencyKey() });
      const { send, reasons } = {
        'of strangers': { send: () => paying(next.orderId, stranger), reasons: ['foreign-order'] as const },
        'of orders that are not there': {
          send: () => paying(absentId(order.orderId), account),
          reasons: ['unknown-order'] as const,
        },
        'of used keys': { send: () => payOrder(next, usedKey), reasons: ['key-reuse'] as const },
      }[what];

      for (let sent = 0; sent < moreThanMostPoolsHave; sent += 1) expect(await send()).toBeRefusedFor(reasons);
      expect(await payOrder(next)).toBePaid(next, { remainingBalance: 80_000 });
    });
  }
});
