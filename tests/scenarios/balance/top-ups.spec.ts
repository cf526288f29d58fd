import { concurrently } from '../../../fixtures/races/concurrently.ts';
import { needsBalanceTakenAtPayment, needsDatabase } from '../../../fixtures/needs/needs.ts';
import { needsKeys, needsKeysOf } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import { describeAnswer } from '../../../helpers/api/answers/exchange.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('top-ups', { tag: '@balance' }, () => {
  test(
    'top-up adds its amount once and GET balance shows it',
    { annotation: promise('top-up-added-exactly') },
    async ({ newAccount, shopApi, pollBalance, shopDatabase, newKey }) => {
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charged = await shopApi.chargeBalance(userId, topUpOf(20_000, newKey()));
      expect(requireAnswer(charged)).toMatchObject({ userId, balance: 25_000, chargedAmount: 20_000 });
      expect((await pollBalance(account, 25_000)).balance).toBe(25_000);
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [25_000] });
    },
  );

  test(
    'top-up of 5,000,000,003 won (over 32 bits) is added to the exact won',
    { annotation: promise('top-up-added-exactly') },
    async ({ newAccount, shopApi, shopDatabase, newKey }) => {
      const { userId } = await newAccount({ balance: 1 });
      const amount = 5_000_000_003;
      const charged = await shopApi.chargeBalance(userId, topUpOf(amount, newKey()));
      expect(requireAnswer(charged)).toMatchObject({ balance: 5_000_000_004, chargedAmount: amount });
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [5_000_000_004] });
    },
  );

  test(
    'top-up to a balance beyond 2^53 won is refused or added exactly, without a 5xx',
    { tag: '@contract', annotation: promise('top-up-beyond-limits') },
    async ({ newAccount, shopApi, shopDatabase, newKey, settings, records }) => {
      needsDatabase(settings);
      const account = await newAccount({ balance: 5_000 });
      const charge = topUpOf(Number.MAX_SAFE_INTEGER, newKey());
      // JSON numbers need not hold the resulting balance exactly, so a success is kept out of the ledger's evidence.
      const unrecorded = shopApi.with({
        onExchange: (exchange) => {
          const { exchanges, unaudited } = records;
          (exchange.outcome === 'ok' ? unaudited.exchanges : exchanges).push(exchange);
        },
      });
      const answer = await unrecorded.chargeBalance(account.userId, charge);
      expect(answer.outcome).not.toBe('unknown');
      expect(answer.response?.status, describeAnswer(answer)).toBeLessThan(500);
      const taken = [charge].filter(() => answer.outcome === 'ok');
      for (const { amount } of taken) await shopDatabase.addToBalance(account, -amount);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [5_000] });
    },
  );

  test(
    'replayed top-up after a payment answers the original and adds nothing',
    { tag: '@idempotency', annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'chargeBalance');
      needsBalanceTakenAtPayment(profile);
      const { account, order } = await newOrder({ balance: 10_000, price: 10_000 });
      const { userId } = account;
      const charge = topUpOf(20_000, newKey());
      const original = await shopApi.chargeBalance(userId, charge);
      expect(requireAnswer(original).balance).toBe(30_000);
      expect(await payOrder(order)).toBePaid(order);

      for (const ordinal of ['first', 'second']) {
        const replay = await test.step(`${ordinal} replay`, () => shopApi.chargeBalance(userId, charge));

        expect(replay).toReplay(original);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [20_000] });
    },
  );

  test(
    '20 concurrent duplicates of a top-up are added once',
    { tag: '@idempotency', annotation: promise('concurrent-duplicates-take-effect-once') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      const charge = topUpOf(20_000, newKey());
      const send = () => shopApi.chargeBalance(userId, charge);

      const answers = await concurrently(20, () => untilSettled(send));
      expect(answers.map((answer) => requireAnswer(answer))).toEqual(
        answers.map(() => expect.objectContaining({ userId, balance: 25_000, chargedAmount: 20_000 })),
      );
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [25_000] });
    },
  );

  test(
    '10 concurrent top-ups with different keys are all added',
    { annotation: promise('concurrent-top-ups-all-added') },
    async ({ newAccount, shopApi, shopDatabase, newKey }) => {
      const { userId } = await newAccount({ balance: 0 });
      const answers = await concurrently(10, async () => {
        const charge = topUpOf(1_000, newKey());
        return untilSettled(() => shopApi.chargeBalance(userId, charge));
      });
      expect(answers.map((answer) => requireAnswer(answer).balance).toSorted((one, other) => one - other)).toEqual(
        Array.from({ length: 10 }, (_, nth) => (nth + 1) * 1_000),
      );
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [10_000] });
    },
  );

  test(
    'top-up key reused with another amount is refused and still replays the original',
    { tag: '@idempotency', annotation: promise('key-bound-to-request') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 0 });
      const idempotencyKey = newKey();
      const original = await shopApi.chargeBalance(userId, topUpOf(20_000, idempotencyKey));
      for (const amount of [30_000, 0]) {
        const refused = await shopApi.chargeBalance(userId, topUpOf(amount, idempotencyKey));
        // A target may take another amount under the same key for a bad amount.
        expect(refused).toBeRefusedFor(['key-reuse', 'invalid-charge', 'invalid-input']);
        expect(await shopApi.chargeBalance(userId, topUpOf(20_000, idempotencyKey))).toReplay(original);
      }
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [20_000] });
    },
  );

  test(
    'same top-up key of 2 users tops up both',
    { tag: '@idempotency', annotation: promise('key-belongs-to-user-and-call') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'chargeBalance');
      needsKeysOf(profile, 'user');
      const one = await newAccount({ balance: 0 });
      const other = await newAccount({ balance: 0 });
      const charge = topUpOf(20_000, newKey());
      expect(requireAnswer(await shopApi.chargeBalance(one.userId, charge)).userId).toBe(one.userId);
      expect(requireAnswer(await shopApi.chargeBalance(other.userId, charge)).userId).toBe(other.userId);
      expect(await shopDatabase.stateOf([one, other])).toMatchObject({ balances: [20_000, 20_000] });
    },
  );
});
