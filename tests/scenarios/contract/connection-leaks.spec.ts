import {
  needsFinalPayments,
  needsLookUp,
  needsNoLogIn,
  needsStock,
  needsUserNamed,
} from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { OrderAnswer } from '../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { absentId, type Id } from '../../../helpers/profile/ids.ts';
import { refusalProblems } from '../../../helpers/matchers/to-be-refused-for.ts';
import type { ShopApi } from '../../../helpers/api/shop-api.ts';
import type { Account, Product } from '../../../helpers/database/rows/own-rows.ts';
import type { NamedReason } from '../../../helpers/profile/refusal-forms.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

// Connection pools hold 10 (HikariCP) to 25: a target that leaks one at each refusal runs out of them.
const refusalCount = 26;

interface Scene {
  readonly shopApi: ShopApi;
  readonly newKey: () => string;
  readonly account: Account;
  readonly stranger: Account;
  readonly product: Product;
  readonly paid: OrderAnswer;
  readonly next: OrderAnswer;
  readonly usedKey: string;
}

interface RefusedCall {
  readonly reason: NamedReason;
  readonly send: (scene: Scene) => Promise<Exchange>;
  readonly needs?: (profile: TargetProfile) => void;
}

const paying = (
  { shopApi, newKey }: Scene,
  orderId: Id,
  account: Account,
  idempotencyKey = newKey(),
): Promise<Exchange> => shopApi.pay(orderId, paymentBy(account, idempotencyKey));

const ordering = ({ shopApi, account }: Scene, productId: Id, quantity: number): Promise<Exchange> =>
  shopApi.createOrder(orderOf(account, { productId }, { quantity }));

const refusedCalls: Readonly<Record<string, RefusedCall>> = {
  "payments of another user's order": {
    reason: 'foreign-order',
    send: (scene) => paying(scene, scene.next.orderId, scene.stranger),
    needs: (profile) => {
      needsUserNamed(profile, 'pay');
    },
  },
  'payments of an unknown order': {
    reason: 'unknown-order',
    send: (scene) => paying(scene, absentId(scene.paid.orderId), scene.account),
  },
  'payments with a used key': {
    reason: 'key-reuse',
    send: (scene) => paying(scene, scene.next.orderId, scene.account, scene.usedKey),
    needs: (profile) => {
      needsKeys(profile, 'pay');
    },
  },
  'cancellations of a paid order': {
    reason: 'order-state',
    send: ({ shopApi, paid, account }) => shopApi.cancelOrder(paid.orderId, account),
    needs: (profile) => {
      needsFinalPayments(profile);
    },
  },
  'orders beyond the stock': {
    reason: 'stock',
    send: (scene) => ordering(scene, scene.product.productId, scene.product.stock + 1),
    needs: (profile) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
    },
  },
  'orders of an unknown product': {
    reason: 'unknown-product',
    send: (scene) => ordering(scene, absentId(scene.product.productId), 1),
  },
  'top-ups of an unknown user': {
    reason: 'unknown-user',
    send: ({ shopApi, newKey, account: { userId } }) =>
      shopApi.chargeBalance(absentId(userId), topUpOf(1_000, newKey())),
    needs: needsNoLogIn,
  },
  'look-ups of an unknown user': {
    reason: 'unknown-user',
    send: ({ shopApi, account: { userId } }) => shopApi.getBalance(absentId(userId)),
    needs: needsNoLogIn,
  },
  'look-ups of an unknown product': {
    reason: 'unknown-product',
    send: ({ shopApi, product: { productId } }) => shopApi.getProduct(absentId(productId)),
    needs: (profile) => {
      needsLookUp(profile, 'getProduct');
    },
  },
  'look-ups of an unknown order': {
    reason: 'unknown-order',
    send: ({ shopApi, paid, account }) => shopApi.getOrder(absentId(paid.orderId), account),
    needs: (profile) => {
      needsLookUp(profile, 'getOrder');
    },
  },
};

/** Sends the call `refusalCount` times and returns the first answer that is not refused for the reason, or else the last. */
const firstUnexpectedOf = async (reason: NamedReason, send: () => Promise<Exchange>): Promise<Exchange> => {
  let answer = await send();
  for (let sent = 1; sent < refusalCount && refusalProblems(answer, [reason]).length === 0; sent += 1) {
    answer = await send();
  }
  return answer;
};

test.describe('connection leaks', { tag: '@contract', annotation: promise('refusals-leave-api-usable') }, () => {
  for (const [calls, { reason, send, needs }] of Object.entries(refusedCalls)) {
    test(`payment succeeds after ${refusalCount} refused ${calls}`, async ({
      newAccount,
      newOrder,
      placeOrder,
      payOrder,
      shopApi,
      newKey,
      profile,
    }) => {
      needs?.(profile);
      const { account, product, order: paid } = await newOrder({ balance: 100_000, price: 10_000, stock: 10 });
      const stranger = await newAccount({ balance: 100_000 });
      const usedKey = newKey();
      expect(await payOrder(paid, usedKey)).toBePaid(paid);
      const next = await placeOrder(account, { product });
      // One step for all of them keeps the report readable.
      const unreported = shopApi.with({ step: (_title, body) => body() });
      const scene = { shopApi: unreported, newKey, account, stranger, product, paid, next, usedKey };

      const answer = await test.step(`${refusalCount} refused ${calls}`, () =>
        firstUnexpectedOf(reason, () => send(scene)));

      expect(answer).toBeRefusedFor(reason);
      expect(await payOrder(next)).toBePaid(next, { remainingBalance: 80_000 });
    });
  }
});
