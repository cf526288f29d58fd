import { needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

const calls = [
  ['pay', 'payment', 'charged', '@balance', 'lost-answer-charges-once'],
  ['createOrder', 'order', 'created', '@orders', 'lost-answer-takes-effect-once'],
  ['chargeBalance', 'top-up', 'added', '@balance', 'lost-answer-takes-effect-once'],
] as const;

/** The client of a late answer waits for so long, and the answer comes so much later than the target gives it. */
const patienceMs = 300;
const latencyMs = 500;

test.describe('late and truncated answers', { tag: '@idempotency' }, () => {
  for (const [call, subject, done, tag, promised] of calls) {
    test(
      `${subject} whose answer comes after the client's time-out is ${done} once when retried`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after } = await newRequest(call);
        const key = newKey();
        const { api } = await proxied({ type: 'latency', delayMs: latencyMs }, { timeoutMs: patienceMs });

        const late = await send(key, api);
        expect(late.outcome, 'outcome of the request whose client gave up').toBe('unknown');
        const retried = await untilSettled(() => send(key));
        expectSettled(retried);
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    test(
      `${subject} whose answer is cut off after 24 bytes is ${done} once when retried`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after } = await newRequest(call);
        const key = newKey();
        // The client has seen the status, and no more.
        const { api, proxy } = await proxied({ type: 'limit_data', bytes: 24 });

        expect((await send(key, api)).outcome, 'outcome of the request whose answer is cut off').toBe('unknown');
        await proxy.answered(1);
        const retried = await untilSettled(() => send(key));
        expectSettled(retried);
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
