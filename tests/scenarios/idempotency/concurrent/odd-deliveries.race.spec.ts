import { needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { asTuple } from '../../../../fixtures/test-data/as-tuple.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

const calls = [
  ['pay', 'payment', 'charged', '@balance', 'concurrent-duplicates-charge-once'],
  ['createOrder', 'order', 'created', '@orders', 'concurrent-duplicates-take-effect-once'],
  ['chargeBalance', 'top-up', 'added', '@balance', 'concurrent-duplicates-take-effect-once'],
] as const;

test.describe('concurrent odd deliveries', { tag: '@idempotency' }, () => {
  for (const [call, subject, done, tag, promised] of calls) {
    test(
      `${subject} that a proxy delivers twice at once is ${done} once`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile, burst }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after, neededRow } = await newRequest(call);
        const key = newKey();
        const { api, proxy } = await proxied({ type: 'duplicate', when: 'at-once' });

        await burst({ gate: neededRow }, [() => send(key, api)]);
        await proxy.answered(2);
        const settled = await untilSettled(() => send(key));
        expectSettled(settled);
        expect(await send(key)).toReplay(settled);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    test(
      `${subject} retried while its first connection is half-open is ${done} once`,
      { tag, annotation: promise(promised) },
      async ({ proxied, newRequest, shopDatabase, newKey, profile, burst }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after, neededRow } = await newRequest(call);
        const key = newKey();
        const { api, proxy } = await proxied({ type: 'half_open' });
        const cut = (): void => {
          proxy.cut();
        };

        const answers = await burst({ gate: neededRow, latecomers: 1, beforeOpening: cut }, [
          () => send(key, api),
          () => untilSettled(() => send(key)),
        ]);
        const [lost, retried] = asTuple(answers, 2);
        // One that needs no such row was answered before the cut: then these are two duplicates.
        expect(lost.outcome, 'outcome of the request whose client is gone').toMatch(/^(unknown|ok)$/);
        expectSettled(retried);
        expect(await send(key)).toReplay(retried);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
