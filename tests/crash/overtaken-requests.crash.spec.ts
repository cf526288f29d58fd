import { expect, test } from '../../fixtures/crash/crash-test.ts';
import { needsKeys } from '../../fixtures/needs/needs-keys.ts';
import { promise } from '../../fixtures/promises/promise.ts';
import { untilSettled } from '../../fixtures/races/until-settled.ts';

test(
  'top-up that is sent again while the first one has waited for over a second is added once',
  { tag: ['@idempotency', '@balance'], annotation: promise('concurrent-duplicates-take-effect-once') },
  async ({ newRequest, shopDatabase, newKey, profile, crashes }) => {
    needsKeys(profile, 'chargeBalance');
    const { account, send, expectSuccess, neededRow, after } = await newRequest('chargeBalance');
    const key = newKey();

    // The first one seems to be gone, as after a crash, and is not.
    await crashes.overtaken(neededRow, (api) => send(key, api));
    expectSuccess(await untilSettled(() => send(key)));
    expect(await shopDatabase.stateOf([account])).toMatchObject(after);
  },
);
