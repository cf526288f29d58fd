import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import type { OrderAnswer, PaymentAnswer } from '../../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { keyedResources } from '../../../../helpers/profile/keyed-resources.ts';
import type { Account } from '../../../../helpers/database/rows/own-rows.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';

/** Expects something of a payment that is sent again after its key aged or went. */
type Judge = (again: Exchange<PaymentAnswer>, original: Exchange<PaymentAnswer>) => void;

/** Expects the original or a refusal: without the key the state of the order still protects it. */
const expectNoSecondPayment: Judge = (again, original) => {
  expect(again).toReplayOrBeRefusedFor(original, 'order-state');
};

const expectReplay: Judge = (again, original) => {
  expect(again).toReplay(original);
};

const keyChanges = [
  [
    'whose key has expired debits nothing again',
    'expireKeys',
    expectNoSecondPayment,
    ['expired-key-charges-nothing-again'],
  ],
  [
    'whose key was purged debits nothing again',
    'purgeKeys',
    expectNoSecondPayment,
    ['expired-key-charges-nothing-again'],
  ],
  [
    'whose key is 1 minute old answers the original',
    'ageKeys',
    expectReplay,
    ['replay-answers-original', 'replayed-payment-debits-nothing'],
  ],
  [
    'whose key expires within the hour answers the original, whatever the time zone of the target',
    'shortenKeys',
    expectReplay,
    ['replay-answers-original', 'replayed-payment-debits-nothing'],
  ],
] as const;

/** Expects a payment where the expired key counts as new, or a refusal where it is still known. */
function expectPaidOrKeyReuse(answer: Exchange<PaymentAnswer>, order: OrderAnswer): void {
  if (answer.outcome === 'ok') expect(answer).toBePaid(order, { remainingBalance: 40_000 });
  else expect(answer).toBeRefusedFor('key-reuse');
}

interface Fixtures {
  /** Sends a request under a new key of an account, and then ages, expires or purges that key. */
  sendAndForget: <Answer>(
    {
      account,
      call,
      forget,
    }: { account: Account; call: KeyedCall; forget: 'expireKeys' | 'shortenKeys' | 'purgeKeys' | 'ageKeys' },
    send: () => Promise<Exchange<Answer>>,
  ) => Promise<Exchange<Answer>>;
}

const test = base.extend<Fixtures>({
  sendAndForget: async ({ shopDatabase }, use) => {
    await use(async ({ account, call, forget }, send) => {
      const keys = `keys of ${keyedResources[call]}`;
      const before = await shopDatabase.keyRows(account, call);
      const original = await send();
      expect(original.outcome, 'outcome of the first request under its key').toBe('ok');

      const after = await shopDatabase.keyRows(account, call);
      const grown = after.filter(({ rows }, nth) => rows > (before[nth]?.rows ?? 0)).map(({ table }) => table);
      const promised = after.filter(({ optional }) => !optional).map(({ table }) => table);
      notApplicableIf([...grown, ...promised].length === 0, `the profile names no table of ${keys}`);
      expect(
        grown.length,
        `user ${account.userId} has no new row in ${promised.join(' or ')}, where the profile says that ${keys} ` +
          `are kept, after the request under the key ${JSON.stringify(original.idempotencyKey)}: tables with a new row`,
      ).toBeGreaterThan(0);

      const forgotten = await test.step('age, expire or purge the key', () => shopDatabase[forget](account, call));

      notApplicableIf(
        forgotten === 0,
        `the profile names no table of ${keys} that can grow old, expire or go, or not the zone of its times`,
      );
      return original;
    });
  },
});

test.describe('expired keys', { tag: '@idempotency' }, () => {
  for (const [circumstance, forget, judge, tried] of keyChanges) {
    test(
      `replayed payment ${circumstance}`,
      { annotation: promise(...tried) },
      async ({ newOrder, payOrder, payOrderUntilSettled, sendAndForget, shopDatabase, newKey, profile }) => {
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
        const key = newKey();
        const original = await sendAndForget({ account, call: 'pay', forget }, () => payOrder(order, key));
        expect(original).toBePaid(order, { remainingBalance: 80_000 });

        judge(await payOrderUntilSettled(order, key), original);
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toEqual({ balances: [80_000], stock: [99], orders: ['paid'], payments: [20_000] });
      },
    );
  }

  test(
    'expired key of a payment pays another order or is refused as reused',
    { annotation: promise('expired-key-charges-nothing-again') },
    async ({ newOrder, placeOrder, payOrder, payOrderUntilSettled, sendAndForget, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const other = await placeOrder(account, { product, quantity: 2 });
      const key = newKey();
      await sendAndForget({ account, call: 'pay', forget: 'expireKeys' }, () => payOrder(order, key));

      const answer = await payOrderUntilSettled(other, key);
      expectPaidOrKeyReuse(answer, other);
      const { orders, payments } = await shopDatabase.stateOf([account]);
      expect({ orders, payments }).toEqual(
        answer.outcome === 'ok'
          ? { orders: ['paid', 'paid'], payments: [20_000, 40_000] }
          : { orders: ['paid', 'pending'], payments: [20_000] },
      );
    },
  );

  for (const [call, thing, tag] of [
    ['createOrder', 'order', '@orders'],
    ['chargeBalance', 'top-up', '@balance'],
  ] as const) {
    test(
      `replayed ${thing} whose key is 1 minute old answers the original`,
      { tag, annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
      async ({ newRequest, sendAndForget, shopDatabase, newKey, profile }) => {
        needsKeys(profile, call);
        const { account, send, after } = await newRequest(call);
        const key = newKey();
        const original = await sendAndForget({ account, call, forget: 'ageKeys' }, () => send(key));
        expect(await untilSettled(() => send(key))).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
