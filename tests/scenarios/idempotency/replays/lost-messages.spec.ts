import { needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

const calls = [
  ['pay', 'payment', 'charged', '@balance', 'lost-answer-charges-once'],
  ['createOrder', 'order', 'created', '@orders', 'lost-answer-takes-effect-once'],
  ['chargeBalance', 'top-up', 'added', '@balance', 'lost-answer-takes-effect-once'],
] as const;

/** Returns what the tables hold by the time of an answer: all of it after a success, unless payments commit in steps. */
const doneBy = <State extends object>(
  status: number | undefined,
  after: State,
  { policies }: TargetProfile,
): State | Record<string, never> =>
  status !== undefined && status >= 200 && status <= 299 && policies.paymentsCommit !== 'in-steps' ? after : {};

test.describe('lost messages', { tag: '@idempotency' }, () => {
  for (const [call, subject, done, tag, promised] of calls) {
    test(
      `${subject} whose answer is lost is ${done} before the retry, and only once`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after } = await newRequest(call);
        const key = newKey();
        const { api, proxy } = await proxied({ type: 'reset_peer', at: 'answer' });

        const lost = await send(key, api);
        expect(lost.outcome, 'outcome of the request whose answer is lost').toBe('unknown');
        const [status] = await proxy.answered(1);
        expect(await shopDatabase.stateOf([account])).toMatchObject(doneBy(status, after, profile));
        const retried = await untilSettled(() => send(key));
        expectSettled(retried);
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    test(
      `${subject} that never reaches the target takes no effect, and is ${done} once when retried`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSuccess, before, after } = await newRequest(call);
        const key = newKey();
        const { api } = await proxied({ type: 'reset_peer', at: 'request' });

        expect((await send(key, api)).outcome, 'outcome of the lost request').toBe('unknown');
        expect(await shopDatabase.stateOf([account])).toMatchObject(before);
        const retried = await send(key);
        expectSuccess(retried);
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    test(
      `${subject} retried while its first answer is delayed is ${done} once`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after } = await newRequest(call);
        const key = newKey();
        const { api, proxy } = await proxied({ type: 'timeout' });

        const late = send(key, api);
        await proxy.answered(1);
        const retried = await untilSettled(() => send(key));
        expectSettled(retried);
        proxy.cut();
        expect((await late).outcome, 'outcome of the request whose client gave up').toBe('unknown');
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
