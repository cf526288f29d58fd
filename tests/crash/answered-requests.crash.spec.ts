import { expect, test } from '../../fixtures/crash/crash-test.ts';
import { needsKeys } from '../../fixtures/needs/needs-keys.ts';
import { promise } from '../../fixtures/promises/promise.ts';
import { oneByOne } from '../../fixtures/races/one-by-one.ts';

const keyedCalls = ['pay', 'createOrder', 'chargeBalance'] as const;

test.describe(
  'requests that the API has answered when it crashes',
  { tag: ['@idempotency', '@balance', '@orders'] },
  () => {
    test(
      'payment, order and top-up that are answered just before the API is killed are kept and replayed',
      { annotation: promise('crash-loses-no-answered-request') },
      async ({ newRequest, shopDatabase, newKey, profile, holdsAtOnce, crashes }) => {
        needsKeys(profile, ...keyedCalls);
        holdsAtOnce({ accounts: 3 });
        const requests = await oneByOne(keyedCalls, async (call) => ({ ...(await newRequest(call)), key: newKey() }));

        const answered = await crashes.rightAfter(requests, ({ send, key }, api) => send(key, api));
        expect(answered.map(({ answer }) => answer)).toHaveOutcomes({ ok: requests.length });
        for (const { account, after, send, key, answer } of answered) {
          // Before the replay, which may make up for what is lost.
          expect(await shopDatabase.stateOf([account])).toMatchObject(after);
          expect(await send(key)).toReplay(answer);
          expect(await shopDatabase.stateOf([account])).toMatchObject(after);
        }
      },
    );

    test(
      'payment, order and top-up whose answers are lost as the API is killed are kept and done once',
      { annotation: promise('crash-leaves-no-half') },
      async ({ newRequest, shopDatabase, newKey, profile, holdsAtOnce, crashes }) => {
        needsKeys(profile, ...keyedCalls);
        holdsAtOnce({ accounts: 3 });
        const requests = await oneByOne(keyedCalls, async (call) => ({ ...(await newRequest(call)), key: newKey() }));

        await crashes.beforeAnswersArrive(
          requests.map(
            ({ send, key }) =>
              (api) =>
                send(key, api),
          ),
        );
        for (const { account, after, send, key } of requests) {
          expect(await shopDatabase.stateOf([account])).toMatchObject(after);
          expect(await crashes.settled((api) => send(key, api))).toMatchObject({ outcome: 'ok' });
          expect(await shopDatabase.stateOf([account])).toMatchObject(after);
        }
      },
    );
  },
);
