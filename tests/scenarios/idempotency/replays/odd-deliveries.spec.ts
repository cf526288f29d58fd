import { needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

const calls = [
  ['pay', 'payment', 'charged', '@balance', 'replayed-payment-debits-nothing'],
  ['createOrder', 'order', 'created', '@orders', 'replay-takes-effect-once'],
  ['chargeBalance', 'top-up', 'added', '@balance', 'replay-takes-effect-once'],
] as const;

const slowly = [
  ['in slices of 16 bytes', { type: 'slicer', bytes: 16, delayMs: 2 }],
  ['at 200 bytes a second', { type: 'bandwidth', rate: 200 }],
] as const;

const expectReplayOfSuccess = (replay: Exchange, original: Exchange): void => {
  if (original.outcome === 'ok') expect(replay).toReplay(original);
};

test.describe('odd deliveries', { tag: '@idempotency' }, () => {
  for (const [call, subject, done, tag, promised] of calls) {
    test(
      `${subject} that a proxy delivers again after its answer is ${done} once`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
        needsRetries(profile, call);
        const { account, send, expectSuccess, after } = await newRequest(call);
        const key = newKey();
        const { api, proxy } = await proxied({ type: 'duplicate', when: 'afterwards' });

        const original = await send(key, api);
        expectSuccess(original);
        await proxy.answered(2);
        expect(await send(key)).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    for (const [how, toxic] of slowly) {
      test(
        `${subject} that arrives ${how} is ${done} once, or not at all`,
        { tag, annotation: promise(promised) },
        async ({ proxied, newRequest, shopDatabase, newKey, profile }) => {
          needsRetries(profile, call);
          const { account, send, expectSettled, before, after } = await newRequest(call);
          const key = newKey();
          const { api } = await proxied(toxic);

          const slow = await send(key, api);
          const states = { ok: after, refused: before, unknown: {} };
          // What takes too long may be refused, but not half of it.
          expect(await shopDatabase.stateOf([account])).toMatchObject(states[slow.outcome]);
          const settled = await untilSettled(() => send(key));
          expectSettled(settled);
          expectReplayOfSuccess(settled, slow);
          expect(await shopDatabase.stateOf([account])).toMatchObject(after);
        },
      );
    }
  }
});
