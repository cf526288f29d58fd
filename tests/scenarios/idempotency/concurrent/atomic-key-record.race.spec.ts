import { needsKeyTables } from '../../../../fixtures/needs/needs-key-tables.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import type { AccountState } from '../../../../fixtures/test-data/new-request.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { resendUntilSettled } from '../../../../helpers/api/resend-until-settled.ts';
import { isOffered } from '../../../../helpers/profile/endpoint-forms.ts';
import type { Account } from '../../../../helpers/database/rows/own-rows.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';

interface Fixtures {
  /**
   * Sends a request while the key rows of its user are locked, and reads the tables as it waits for them.
   *
   * @returns the answer, and the account's state before the request was answered; undefined if it did not wait.
   */
  whileKeysAreLocked: <Answer>(
    call: KeyedCall,
    account: Account,
    send: () => Promise<Exchange<Answer>>,
  ) => Promise<{ exchange: Exchange<Answer>; meanwhile: AccountState | undefined }>;
}

const test = base.extend<Fixtures>({
  whileKeysAreLocked: async ({ whileInFlight, shopApi, shopDatabase, profile }, use) => {
    await use(async (call, account, send) => {
      const newKeyRow = await needsKeyTables(shopDatabase, account, call);
      let isAnswered = false;
      let meanwhile: AccountState | undefined;
      const [exchange] = await whileInFlight(
        { newKey: newKeyRow },
        () =>
          send().finally(() => {
            isAnswered = true;
          }),
        async () => {
          const { balances, orders, payments } = await shopDatabase.stateOf([account]);
          if (!isAnswered) meanwhile = { balances, orders, payments };
          return isOffered(profile.endpoints.getBalance) ? shopApi.getBalance(account.userId) : shopApi.health();
        },
      );
      return { exchange: await resendUntilSettled(exchange, send), meanwhile };
    });
  },
});

// A request's effect and the record of its key are committed together, so that a crash in between cannot make a retry
// do it twice.
// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('atomic key record', { tag: '@idempotency', annotation: promise('key-record-is-atomic') }, () => {
  test.beforeEach(({ profile }) => {
    const { paymentsCommit } = profile.policies;
    notApplicableIf(paymentsCommit === 'in-steps', 'payments of this target are not one transaction');
  });

  for (const [call, title, tag] of [
    ['pay', 'payment moves no money while its key record is locked', '@balance'],
    ['createOrder', 'order does not exist while its key record is locked', '@orders'],
    ['chargeBalance', 'top-up adds nothing while its key record is locked', '@balance'],
  ] as const) {
    test(title, { tag }, async ({ newRequest, whileKeysAreLocked, shopDatabase, newKey, profile }) => {
      needsKeys(profile, call);
      const { account, send, expectSuccess, before, after } = await newRequest(call);
      const key = newKey();

      const { exchange, meanwhile = before } = await whileKeysAreLocked(call, account, () => send(key));
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(before);
      expectSuccess(exchange);
      expect(await shopDatabase.stateOf([account])).toMatchObject(after);
    });
  }
});
