import { expect } from '../../../fixtures/expect.ts';
import { misfitsOf, test, titlesOf } from '../support/runs/target-check-test.ts';

test.describe('target check', () => {
  // Every run is a process of its own, and some tests need two.
  test.describe.configure({ timeout: 120_000 });

  test('fitting profile passes all steps, and the tables are as before', async ({ check, countShopRows }) => {
    const before = await countShopRows();
    const run = await check({ by: 'command' });
    expect(run.exitCode, run.output).toBe(0);
    expect(titlesOf(run, 'not-applicable')).toEqual(['be refused: still in progress']);
    expect([...titlesOf(run, 'misfit'), ...titlesOf(run, 'not-reached')]).toEqual([]);
    expect(run.output).toContain('POST /api/orders  {"userId":');
    expect(run.output).toContain('the profile fits');
    expect(run.files).toContain('| 6 | create an order | ✓ |');
    expect(await countShopRows()).toEqual(before);
  });

  test('all misfits of a wrong profile are reported in one run, each with line and correction', async ({
    check,
    countShopRows,
  }) => {
    const before = await countShopRows();
    const run = await check({
      profile: `{
  ...reference,
  name: 'wrong',
  ids: { ...reference.ids, order: 'string' },
  endpoints: {
    ...reference.endpoints,
    getBalance: { ...reference.endpoints.getBalance, answer: { userId: 'user_id', balance: 'data.balance' } },
    createOrder: {
      ...reference.endpoints.createOrder,
      success: 200,
      answer: { orderId: 'id', totalAmount: 'total' },
    },
    pay: {
      ...reference.endpoints.pay,
      key: { in: 'header', name: 'Idempotency-Key' },
      answer: { orderId: 'orderId', paidAmount: 'amount' },
    },
  },
  errors: { code: 'error.code', message: 'detail' },
  refusals: {
    ...reference.refusals,
    balance: { status: 402, codes: ['NO_MONEY'] },
    stock: { status: 422, codes: ['P002'] },
  },
  policies: {
    ...reference.policies,
    replay: { paymentStatus: 208, orderStatus: 201, chargeStatus: 200, header: { name: 'X-Replay', value: '1' }, body: 'bytes' },
    stockIsTakenAt: 'order',
    stockIsCheckedAt: 'payment',
    key: { ...reference.policies.key, requiredFor: ['createOrder', 'pay', 'chargeBalance'] },
  },
}`,
    });
    expect(run.exitCode, run.output).toBe(1);
    expect(misfitsOf(run)).toEqual([
      "11 userId: 'user_id' → say userId: 'userId'",
      "11 balance: 'data.balance' → say balance: 'balance'",
      '14 success: 200 → say success: 201',
      "15 orderId: 'id' → say orderId: 'orderId'",
      "8 order: 'string' → say order: 'number'",
      "15 totalAmount: 'total' → say totalAmount: 'totalAmount'",
      "32 stockIsTakenAt: 'order' → say stockIsTakenAt: 'payment'",
      "31 header: { name: 'X-Replay', value: '1' } → say header: { name: 'idempotent-replayed', value: 'true' }",
      "19 key: { in: 'header', name: 'Idempotency-Key' } → say key: { in: 'body', name: 'idempotencyKey' }",
      "20 paidAmount: 'amount' → say paidAmount: 'paidAmount'",
      '31 paymentStatus: 208 → say paymentStatus: 200',
      "23 code: 'error.code' → say code: 'code'",
      "23 message: 'detail' → say message: 'message'",
      "26 balance: { status: 402, codes: ['NO_MONEY'] } → say balance: { status: 409, codes: ['PAY001'] }",
      '27 status: 422 → say status: 409',
      "33 stockIsCheckedAt: 'payment' → say stockIsCheckedAt: 'order'",
      "34 requiredFor: ['createOrder', 'pay', 'chargeBalance'] → say requiredFor: ['pay', 'chargeBalance']",
    ]);
    expect(await countShopRows()).toEqual(before);
  });

  test('missing tables and columns are reported with the nearest names, and nothing is written', async ({
    check,
    countShopRows,
  }) => {
    const before = await countShopRows();
    const run = await check({
      profile: `{
  ...reference,
  tables: {
    ...reference.tables,
    balances: { table: 'user_balances', userId: 'user_id', balance: 'balance' },
    products: { table: 'products', id: 'product_id', name: 'name', price: 'unit_price', stock: 'stock' },
    orders: { ...reference.tables.orders, total: 'total' },
  },
}`,
    });
    expect(run.exitCode, run.output).toBe(1);
    expect(misfitsOf(run)).toEqual([
      "9 table: 'user_balances' → say table: 'user_balance'",
      "10 id: 'product_id' → say id: 'id'",
      "10 price: 'unit_price' → say price: 'price'",
      "11 total: 'total' → say total: 'total_amount'",
    ]);
    expect(titlesOf(run, 'not-reached')).toContain('create an order');
    expect(run.output).toContain('not reached, needs step 3 (find the tables in the database)');
    expect(run.output).not.toContain('POST');
    expect(await countShopRows()).toEqual(before);
  });

  test('Ctrl-C during the check restores the tables', async ({ check, countShopRows }) => {
    const before = await countShopRows();
    const run = await check({ by: 'command', interruptAt: 'pay the order' });
    expect(run.exitCode, run.output).toBe(130);
    expect(run.report?.interrupted).toBe(true);
    expect(run.output).toContain('put everything back');
    expect(titlesOf(run, 'fits').length).toBeLessThan(25);
    expect(await countShopRows()).toEqual(before);
  });
});
