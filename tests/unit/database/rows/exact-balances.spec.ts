import { expect } from '../../../../fixtures/expect.ts';
import { ExactBalances } from '../../../../helpers/database/rows/exact-balances.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { test } from '../../support/servers/own-database.ts';

const cents = { ...reference.money, decimals: 2, inTables: 'decimal' } as const;

test.describe('exact balances', () => {
  for (const [column, money, largest] of [
    ['BIGINT', reference.money, 2n ** 63n - 1n],
    ['INT UNSIGNED', reference.money, 2n ** 32n - 1n],
    ['DECIMAL(19, 2)', cents, 10n ** 19n - 1n],
    ['DECIMAL(21, 4)', cents, 10n ** 19n - 1n],
    ['DECIMAL(19, 0)', reference.money, 10n ** 19n - 1n],
  ] as const) {
    test(`largest balance in a column of ${column} is ${largest}, and is set and read exactly`, async ({
      connect,
      pool,
    }) => {
      await pool.query(`ALTER TABLE user_balance MODIFY balance ${column} NOT NULL`);
      const profile = { ...reference, money };
      const shop = await connect(profile);
      const [user, other] = [
        await shop.insertAccount({ name: '김하늘', balance: 5 }),
        await shop.insertAccount({ name: '이바다', balance: 7 }),
      ];
      const balances = new ExactBalances(pool, profile);
      expect(await balances.largest()).toBe(largest);
      await balances.set(user.userId, largest);
      expect(await balances.read(user.userId)).toBe(largest);
      expect(await balances.read(other.userId)).toBe(7n);
    });
  }

  for (const [column, money] of [
    ['DOUBLE', reference.money],
    ['DECIMAL(19, 1)', cents],
  ] as const) {
    test(`column of ${column} has no largest balance that it holds exactly`, async ({ pool }) => {
      await pool.query(`ALTER TABLE user_balance MODIFY balance ${column} NOT NULL`);
      expect(await new ExactBalances(pool, { ...reference, money }).largest()).toBeUndefined();
    });
  }
});
