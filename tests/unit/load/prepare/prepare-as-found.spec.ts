import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { prepareAsFound } from '../../../../helpers/load/prepare/prepare-as-found.ts';
import { Shortfall } from '../../../../helpers/load/prepare/shortfall.ts';
import { loadSettings } from '../../../../helpers/settings/settings.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { notOffered } from '../../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { expect } from '../../../../fixtures/expect.ts';
import { test as base } from '../../support/servers/own-database.ts';

type Answer = Pick<NonNullable<Exchange['response']>, 'status' | 'body'>;

interface Fixtures {
  /** Prepares a load run on two accounts with 1,000,000 won each and a product at 10,000 won. */
  prepare: (answer: () => Promise<Answer>, profile?: TargetProfile, changes?: Partial<LoadPlan>) => Promise<number>;
}

const balance = (amount: number): Answer => ({ status: 200, body: JSON.stringify({ userId: 1, balance: amount }) });

const test = base.extend<Fixtures>({
  prepare: async ({ database, shop }, use) => {
    const accounts = [
      await shop.insertAccount({ name: 'One', balance: 1_000_000 }),
      await shop.insertAccount({ name: 'Two', balance: 1_000_000 }),
    ];
    const product = await shop.insertProduct({ name: 'Pen', price: 10_000, stock: 1000 });
    const settings = loadSettings();
    const ids = { first: Number(accounts[0]?.userId), last: Number(accounts[1]?.userId) };
    const plan = {
      ...(await loadPlan({ ...settings, load: { ...settings.load, iterations: 10, vus: 1, seed: false } }, 1)),
      accounts: 2,
      products: 1,
      userIds: ids,
      productIds: { first: Number(product.productId), last: Number(product.productId) },
    };
    await use(async (answer, profile = reference, changes = {}) => {
      const api = new ShopApi({
        profile,
        transport: { send: () => answer().then((response) => ({ headers: {}, ...response })) },
      });
      const seeder = () => Promise.reject(new Error('Nothing is to be seeded'));
      const options = { plan: { ...plan, ...changes }, part: 0, settings, profile, api, seeder };
      const ready = await prepareAsFound(options, database, { ms: 1, known: 'given' });
      await ready.database?.close();
      return ready.stock.userIds.length;
    });
  },
});

test.describe('load run as found', () => {
  test('API with the balance of the tables is accepted, with another balance refused as another system', async ({
    prepare,
  }) => {
    expect(await prepare(() => Promise.resolve(balance(1_000_000)))).toBe(2);
    await expect(prepare(() => Promise.resolve(balance(999)))).rejects.toThrow(
      /^API and database are not the same system: user \d+ has 1,000,000 won in the database, but GET \S+ says 999 won\. Point BASE_URL/,
    );
  });

  test('API that is down or refuses the authentication blocks the run and is named', async ({ prepare }) => {
    await expect(prepare(() => Promise.reject(new Error('connect ECONNREFUSED')))).rejects.toThrow(
      /^The API did not answer GET \S+: .*ECONNREFUSED.*is BASE_URL right\? /,
    );
    await expect(prepare(() => Promise.resolve({ status: 401, body: '{}' }))).rejects.toThrow(
      /^The API does not accept the authentication: GET \S+ says .*401/,
    );
  });

  test('balance check waits for as long as the profile lets balances be cached', async ({ prepare }) => {
    const policies = { ...reference.policies, balancesAreCachedForMs: 60_000 };
    const answers = [balance(1), balance(1_000_000)];
    const next = (): Promise<Answer> => Promise.resolve(answers.shift() ?? balance(0));
    expect(await prepare(next, { ...reference, policies })).toBe(2);
  });

  test('target without GET balance is accepted', async ({ prepare }) => {
    const endpoints = { ...reference.endpoints, getBalance: notOffered('balances are shown to nobody') };
    expect(await prepare(() => Promise.reject(new Error('unasked')), { ...reference, endpoints })).toBe(2);
  });

  test('accounts or products without a row block the run', async ({ prepare }) => {
    const faithful = (): Promise<Answer> => Promise.resolve(balance(1_000_000));
    const range = { first: 1, last: 100 };
    await expect(prepare(faithful, reference, { userIds: range })).rejects.toThrow(
      '98 of 100 accounts of USER_IDS (1-100) are not there. Set them to ids that are all in the database, or SEED=on.',
    );
    await expect(prepare(faithful, reference, { userIds: range, productIds: range, parts: 2 })).rejects.toThrow(
      /^98 of 100 accounts of USER_IDS \(1-100\) are not there, and 99 of 100 products of PRODUCT_IDS/,
    );
  });

  test('insufficient balance and stock block the run with the arithmetic and the SQL', async ({ prepare }) => {
    const pace = { by: 'iterations', iterations: 1000, vus: 1 } as const;
    const blocked = prepare(() => Promise.resolve(balance(1_000_000)), reference, { pace });
    await expect(blocked).rejects.toThrow(Shortfall);
    await expect(blocked).rejects.toMatchObject({
      message: expect.stringMatching(/run:\nUPDATE `user_balance` [^\n]+;\nUPDATE `products` [^\n]+;$/),
      budget: { suffices: false, neededPerAccount: 10_000_000, neededPerProduct: 2003, lowestBalance: 1_000_000 },
    });
  });
});
