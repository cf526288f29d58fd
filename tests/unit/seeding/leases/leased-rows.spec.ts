import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { expect } from '../../../../fixtures/expect.ts';
import { absentId } from '../../../../helpers/profile/ids.ts';
import { LeasedRows } from '../../../../helpers/seeding/leases/leased-rows.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';
import { countRows } from '../../support/outputs/count-rows.ts';
import {
  buy,
  nothing,
  patient,
  wantedAccount,
  wantedProduct,
  test,
  kill,
  startHolder,
} from '../../support/servers/leasing.ts';

test.describe('leased rows', () => {
  test('leased user and product are as wanted, and are put back as found with their orders', async ({
    lease,
    target,
    everything,
    journalFolder,
  }) => {
    const before = await everything();
    const { rows, database } = await lease();
    const account = await rows.newAccount(wantedAccount);
    const product = await rows.newProduct(wantedProduct);
    expect(product).toMatchObject({ name: 'Pen', price: 7_000, stock: 3 });
    await buy(target, 90, Number(account.userId), Number(product.productId), 7_000);
    await database.addToBalance(account, 500);
    await database.addToStock(product, 2);
    await database.setPrice(product, 9_000);
    rows.charging(
      account.userId,
      250,
      'k',
    )?.({
      ...{
        name: 'chargeBalance',
        request: { method: 'POST', path: '/', headers: {} },
        outcome: 'ok',
        sentAtMs: 0,
        durationMs: 1,
      },
      answer: { userId: account.userId, balance: 1, chargedAmount: 250 },
    });
    await target.query('UPDATE user_balance SET balance = balance + 250 WHERE user_id = ?', [account.userId]);
    expect(await database.stateOf([account], [product])).toEqual({
      ...{ balances: [20_000 - 7_000 + 750], stock: [4], orders: ['paid'], payments: [7_000] },
    });
    await rows.putBack(nothing);
    expect(await everything()).toBe(before);
    expect(await readdir(journalFolder)).toEqual([]);
  });

  test('order of a user who does not exist stays where it may have taken pieces of a leased product', async ({
    connect,
    journalFolder,
    target,
  }) => {
    const productIds = { ids: ['1', '2'], text: '1,2' };
    const rows = await LeasedRows.on({ database: await connect(), journalFolder, productIds });
    const account = await rows.newAccount(wantedAccount);
    const product = await rows.newProduct(wantedProduct);
    await buy(target, 90, Number(absentId(account.userId)), Number(product.productId), 7_000);
    await rows.putBack({ accounts: [account], products: [] });
    expect(await countRows(target, ['users', 'orders'])).toEqual({ users: 4, orders: 5 });
  });

  test('leased balance that references its last payment stays and is put back', async ({
    lease,
    target,
    everything,
  }) => {
    await target.query(
      'ALTER TABLE user_balance ADD last_payment BIGINT NULL, ADD FOREIGN KEY (last_payment) REFERENCES payments (id)',
    );
    const before = await everything();
    const { rows } = await lease();
    const account = await rows.newAccount(wantedAccount);
    const product = await rows.newProduct(wantedProduct);
    await buy(target, 90, Number(account.userId), Number(product.productId), 7_000);
    await target.query('UPDATE user_balance SET last_payment = (SELECT MAX(id) FROM payments) WHERE user_id = ?', [
      account.userId,
    ]);
    await rows.putBack({ accounts: [account], products: [product] });
    expect(await everything()).toBe(before);
  });

  test('changes that others make to leased rows survive the putting back', async ({ lease, target, everything }) => {
    const { rows } = await lease();
    const { userId } = await rows.newAccount(wantedAccount);
    const { productId } = await rows.newProduct(wantedProduct);
    const [user, product] = [Number(userId), Number(productId)];
    const [otherUser, otherProduct] = [(user % 4) + 1, (product % 4) + 1];
    const others = async (): Promise<void> => {
      await target.query('UPDATE user_balance SET balance = balance + 33 WHERE user_id = ?', [user]);
      await target.query('UPDATE products SET stock = stock + 10 WHERE id = ?', [product]);
      await buy(target, 91, otherUser, product, 10);
      await buy(target, 92, user, otherProduct, 20);
    };
    await others();
    await buy(target, 90, user, product, 7_000);
    await rows.putBack(nothing);
    const after = await everything();
    expect(after).not.toContain('"id":90');
    expect(after).toContain(`{"user_id":${user},"balance":${1_000 + 33 - 20}}`);
    expect(after).toContain(`{"id":${product},"name":"Pen","price":100,"stock":${50 + 10 - 1}}`);
    expect(after).toContain('"order_number":"ORD-91"');
    expect(after).toContain('"order_number":"ORD-92"');
  });

  test('2 processes never share a row, and one gets what the other has released', async ({ lease }) => {
    const [one, other] = await Promise.all([lease(), lease()]);
    const ofOne = [await one.rows.newAccount(wantedAccount), await one.rows.newAccount(wantedAccount)];
    const ofOther = [await other.rows.newAccount(wantedAccount), await other.rows.newAccount(wantedAccount)];
    expect(new Set([...ofOne, ...ofOther].map(({ userId }) => userId)).size).toBe(4);
    await one.rows.putBack(nothing);
    await other.rows.putBack(nothing);
    other.rows.holdsAtOnce({ accounts: 4 });
    const all = await Promise.all([1, 2, 3, 4].map(() => other.rows.newAccount(wantedAccount)));
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(4);
  });

  test('3 holders that each need 3 of 4 users wait for one another and all get them', async ({ lease, everything }) => {
    const before = await everything();
    const holders = await Promise.all([lease(), lease(), lease()]);
    await Promise.all(
      holders.map(async ({ rows }) => {
        rows.begin(patient);
        rows.holdsAtOnce({ accounts: 3 });
        const accounts = await Promise.all([1, 2, 3].map(() => rows.newAccount(wantedAccount)));
        expect(new Set(accounts.map(({ userId }) => userId)).size).toBe(3);
        await rows.putBack(nothing);
      }),
    );
    expect(await everything()).toBe(before);
  });

  test('too small a range is reported with the numbers needed and available', async ({ lease }) => {
    const few = await lease();
    few.rows.holdsAtOnce({ accounts: 5 });
    await expect(few.rows.newAccount(wantedAccount)).rejects.toThrow(
      'this scenario needs 5 users at once, but of USER_IDS=1-4 there are only 4. Widen USER_IDS.',
    );
    const [greedy, late] = [await lease(), await lease({ maxWaitMs: 200 })];
    greedy.rows.holdsAtOnce({ accounts: 4 });
    await greedy.rows.newAccount(wantedAccount);
    const refusal = late.rows.newAccount(wantedAccount);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(
      /2 more users are needed at once; of the 4 in USER_IDS, other workers and runs hold 4/,
    );
  });

  test('rows of a request that failed are not held by the next test', async ({ lease, everything }) => {
    const before = await everything();
    const { rows } = await lease();
    rows.holdsAtOnce({ accounts: 5 });
    const wanted = await Promise.allSettled(Array.from({ length: 5 }, () => rows.newAccount(wantedAccount)));
    expect(wanted.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    await rows.putBack(nothing);
    expect(await everything()).toBe(before);
    const other = await lease({ maxWaitMs: 200 });
    other.rows.holdsAtOnce({ accounts: 4 });
    await other.rows.newAccount(wantedAccount);
  });

  test('rows held by a process whose connections were cut are put back by the next start', async ({
    lease,
    target,
    everything,
  }) => {
    const before = await everything();
    const killed = await lease();
    const account = await killed.rows.newAccount(wantedAccount);
    const product = await killed.rows.newProduct(wantedProduct);
    await buy(target, 90, Number(account.userId), Number(product.productId), 7_000);
    const next = await lease();
    expect(await next.journals.recoverAll()).toEqual({ users: 0, products: 0, foreign: [] });
    await kill(killed, target);
    expect(await next.journals.recoverAll()).toEqual({ users: 1, products: 1, foreign: [] });
    expect(await everything()).toBe(before);
    expect(await next.journals.recoverAll()).toEqual({ users: 0, products: 0, foreign: [] });
    await expect(killed.rows.putBack(nothing)).rejects.toThrow();
  });

  test('rows held by a process killed with SIGKILL are put back by whoever leases them next', async ({
    lease,
    database,
    everything,
    journalFolder,
  }) => {
    const before = await everything();
    const holder = startHolder(database, journalFolder);
    for await (const line of createInterface(holder.stdout)) {
      expect(JSON.parse(line)).toHaveLength(2);
      break;
    }
    expect(await everything()).not.toBe(before);
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    const { rows } = await lease({ maxWaitMs: 20_000 });
    rows.holdsAtOnce({ accounts: 4, products: 4 });
    await rows.newAccount({ name: '', balance: 1_000 });
    expect(await readdir(journalFolder)).toHaveLength(1);
    await rows.putBack(nothing);
    expect(await everything()).toBe(before);
  });
});
