import {
  needsDatabase,
  needsAmountThatCanBeWrong,
  needsKeyRequiredFor,
  needsKeys,
  needsKeysOf,
  needsNoLogIn,
} from '../../../fixtures/needs.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { Field } from '../../../helpers/text/json.ts';
import { describeAnswer } from '../../../helpers/api/exchange.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { keyAfterRefusal } from '../../../helpers/profile/key-after-refusal.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';
import { settled } from '../../../helpers/api/settled.ts';

const badAmounts: readonly (readonly [string, Field])[] = [
  ['zero', 0],
  ['negative', -10_000],
  ['fractional', 10_000.5],
  ['textual', '10000'],
  ['missing', undefined],
  ['null', null],
  ['twenty-digit', 10 ** 19],
  ['thirty-digit', 10 ** 30],
];

test.describe('top-up', { tag: '@balance' }, () => {
  test('a top-up adds its amount once', async ({ newAccount, shopApi, shownBalanceOf, shopDatabase, catalogue }) => {
    const account = await newAccount({ balance: 5_000 });
    const { userId } = account;
    const charged = await shopApi.chargeBalance(userId, { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() });
    expect(contentOf(charged)).toMatchObject({ userId, balance: 25_000, chargedAmount: 20_000 });
    expect((await shownBalanceOf(account, 25_000)).balance).toBe(25_000);
    expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([25_000]);
  });

  test('a top-up beyond 32 bits is added to the won', async ({ newAccount, shopApi, shopDatabase, catalogue }) => {
    const { userId } = await newAccount({ balance: 1 });
    const amount = 5_000_000_003;
    const charged = await shopApi.chargeBalance(userId, { amount, idempotencyKey: catalogue.idempotencyKey() });
    expect(contentOf(charged)).toMatchObject({ balance: 5_000_000_004, chargedAmount: amount });
    expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000_000_004]);
  });

  test(
    'a top-up of more than the account can hold beside what is there is refused, or taken',
    { tag: '@contract' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, settings }) => {
      needsDatabase(settings);
      const account = await newAccount({ balance: 5_000 });
      const charge = { amount: Number.MAX_SAFE_INTEGER, idempotencyKey: catalogue.idempotencyKey() };
      // No number in JSON need be able to say what is there afterwards: it is no part of the ledger's evidence.
      const unrecorded = shopApi.with({ onExchange: () => undefined });
      const answer = await unrecorded.chargeBalance(account.userId, charge);
      expect(answer.outcome).not.toBe('unknown');
      expect(answer.response?.status, describeAnswer(answer)).toBeLessThan(500);
      const taken = [charge].filter(() => answer.outcome === 'ok');
      for (const { amount } of taken) await shopDatabase.addToBalance(account, -amount);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([5_000]);
    },
  );

  test(
    'a replayed top-up answers the original and adds nothing',
    { tag: '@idempotency' },
    async ({ newOrder, payOrder, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { account, order } = await newOrder({ balance: 10_000, price: 10_000 });
      const { userId } = account;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const original = await shopApi.chargeBalance(userId, charge);
      expect(contentOf(original).balance).toBe(30_000);
      expect(await payOrder(order)).toBePaid(order);

      for (const ordinal of ['first', 'second']) {
        const replay = await test.step(`${ordinal} replay`, () => shopApi.chargeBalance(userId, charge));

        expect(replay).toReplay(original);
      }
      expect((await shopDatabase.stateOf([account])).balances).toEqual([20_000]);
    },
  );

  test(
    'twenty duplicates of a top-up at once add it once',
    { tag: '@idempotency' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.chargeBalance(userId, charge);

      const answers = await Promise.all(Array.from({ length: 20 }, async () => settled(await send(), send)));
      expect(answers.map((answer) => contentOf(answer))).toEqual(
        answers.map(() => expect.objectContaining({ userId, balance: 25_000, chargedAmount: 20_000 })),
      );
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([25_000]);
    },
  );

  test('top-ups under ten keys at once are all added', async ({ newAccount, shopApi, shopDatabase, catalogue }) => {
    const { userId } = await newAccount({ balance: 0 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const charge = { amount: 1_000, idempotencyKey: catalogue.idempotencyKey() };
        return settled(await shopApi.chargeBalance(userId, charge), () => shopApi.chargeBalance(userId, charge));
      }),
    );
    expect(answers.map((answer) => contentOf(answer).balance).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 10 }, (_, nth) => (nth + 1) * 1_000),
    );
    expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([10_000]);
  });

  test(
    'a top-up’s key with another amount is refused',
    { tag: '@idempotency' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 0 });
      const idempotencyKey = catalogue.idempotencyKey();
      const original = await shopApi.chargeBalance(userId, { amount: 20_000, idempotencyKey });
      for (const amount of [30_000, 0]) {
        const refused = await shopApi.chargeBalance(userId, { amount, idempotencyKey });
        // With a payment's key another amount is a bad amount, too.
        expect(refused).toBeRefusedFor(['key-reuse', 'invalid-charge', 'invalid-input']);
        expect(await shopApi.chargeBalance(userId, { amount: 20_000, idempotencyKey })).toReplay(original);
      }
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([20_000]);
    },
  );

  test(
    'one key of two users tops both up',
    { tag: '@idempotency' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      needsKeysOf(profile, 'user');
      const one = await newAccount({ balance: 0 });
      const other = await newAccount({ balance: 0 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      expect(contentOf(await shopApi.chargeBalance(one.userId, charge)).userId).toBe(one.userId);
      expect(contentOf(await shopApi.chargeBalance(other.userId, charge)).userId).toBe(other.userId);
      expect((await shopDatabase.stateOf([one, other])).balances).toEqual([20_000, 20_000]);
    },
  );

  for (const [kind, amount] of badAmounts) {
    test(
      `a ${kind} amount is refused and adds nothing`,
      { tag: '@contract' },
      async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
        needsAmountThatCanBeWrong(profile, amount);
        const { userId } = await newAccount({ balance: 5_000 });
        const idempotencyKey = catalogue.idempotencyKey();
        const refused = await shopApi.chargeBalance(userId, { amount, idempotencyKey });
        expect(refused).toBeRefusedFor(['invalid-charge', 'invalid-input']);
        expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000]);
        const charged = await shopApi.chargeBalance(userId, {
          amount: 1_000,
          idempotencyKey: keyAfterRefusal(profile, idempotencyKey),
        });
        expect(contentOf(charged).balance).toBe(6_000);
      },
    );
  }

  test(
    'a top-up of an unknown user is refused',
    { tag: '@contract' },
    async ({ newAccount, shopApi, catalogue, profile }) => {
      needsNoLogIn(profile);
      const unknownUser = absentId((await newAccount({ balance: 5_000 })).userId);
      const charge = { amount: 1_000, idempotencyKey: catalogue.idempotencyKey() };
      expect(await shopApi.chargeBalance(unknownUser, charge)).toBeRefusedFor('unknown-user');
    },
  );

  test(
    'a top-up without a key, or with a malformed one, is refused',
    { tag: '@contract' },
    async ({ newAccount, shopApi, shopDatabase, profile }) => {
      needsKeyRequiredFor(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      for (const key of [undefined, '', 'k'.repeat(profile.policies.key.maxLength + 1)]) {
        const refused = await shopApi.chargeBalance(userId, { amount: 1_000, idempotencyKey: key });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
      }
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000]);
    },
  );
});
