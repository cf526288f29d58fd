import { needsNoLogIn } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { lackingErrorFields } from '../../helpers/error-form.ts';
import { describeAnswer, type Exchange } from '../../helpers/exchange.ts';
import { notPathIds } from '../../helpers/ids.ts';
import type { TargetProfile } from '../../helpers/target-profile/target-profile.ts';

/**
 * Asks with every one of them, and tells which were answered wrongly. Which error it is, nobody promises: not found, or
 * bad input. It is the client's in any case, and in form, unless it was refused before it reached the application.
 */
async function wronglyAnswered(profile: TargetProfile, ask: (id: string) => Promise<Exchange>): Promise<string[]> {
  const wrong: string[] = [];
  for (const id of [...notPathIds.short, notPathIds.long]) {
    const exchange = await ask(id);
    const { outcome, response: { status } = { status: 0 } } = exchange;
    const lacking = id === notPathIds.long ? [] : lackingErrorFields(exchange, profile);
    if (outcome !== 'refused' || status >= 500) wrong.push(`${id}: ${describeAnswer(exchange)}`);
    else if (lacking.length > 0) wrong.push(`${id}: an error (${status}) without ${lacking.join(', ')}`);
  }
  return wrong;
}

test.describe('malformed ids', { tag: '@contract' }, () => {
  test('what is no id of a user has no balance', { tag: '@balance' }, async ({ shopApi, profile }) => {
    needsNoLogIn(profile);
    expect(await wronglyAnswered(profile, (id) => shopApi.getBalance(id))).toEqual([]);
  });

  test('what is no id of a user is not topped up', { tag: '@balance' }, async ({ shopApi, catalogue, profile }) => {
    needsNoLogIn(profile);
    expect(
      await wronglyAnswered(profile, (id) =>
        shopApi.chargeBalance(id, { amount: 1_000, idempotencyKey: catalogue.idempotencyKey() }),
      ),
    ).toEqual([]);
  });

  test('what is no id of a product is not shown', { tag: '@stock' }, async ({ shopApi, profile }) => {
    expect(await wronglyAnswered(profile, (id) => shopApi.getProduct(id))).toEqual([]);
  });

  test('what is no id of an order is not shown', { tag: '@orders' }, async ({ account, shopApi, profile }) => {
    expect(await wronglyAnswered(profile, (id) => shopApi.getOrder(id, account))).toEqual([]);
  });

  test('what is no id of an order is not cancelled', { tag: '@orders' }, async ({ account, shopApi, profile }) => {
    expect(await wronglyAnswered(profile, (id) => shopApi.cancelOrder(id, account))).toEqual([]);
  });

  test(
    'what is no id of an order is not paid',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      expect(
        await wronglyAnswered(profile, (id) => shopApi.pay(id, { userId, idempotencyKey: catalogue.idempotencyKey() })),
      ).toEqual([]);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
    },
  );
});
