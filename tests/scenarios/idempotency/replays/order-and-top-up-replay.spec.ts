import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { reorderJson } from '../../../../helpers/text/reorder-json.ts';

test.describe('order and top-up replay', { tag: '@idempotency' }, () => {
  for (const [call, thing, tag] of [
    ['createOrder', 'order', '@orders'],
    ['chargeBalance', 'top-up', '@balance'],
  ] as const) {
    test(
      `replayed ${thing} with reordered and reformatted JSON answers the original`,
      { tag, annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
      async ({ newRequest, shopApi, shopDatabase, newKey, profile }) => {
        needsKeys(profile, call);
        const { account, send, expectSuccess, after } = await newRequest(call);
        const { userId } = account;
        const idempotencyKey = newKey();
        const original = await send(idempotencyKey);
        expectSuccess(original);

        const text = reorderJson(original.request.body);
        expect(await shopApi.sendText(call, { userId }, text, { idempotencyKey })).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );

    test(
      `replay header marks a replayed ${thing} and not the original`,
      { tag, annotation: promise('replay-is-marked') },
      async ({ newRequest, newKey, profile }) => {
        const { header } = profile.policies.replay;
        needsKeys(profile, call);
        notApplicableIf(!header, 'this target does not mark replays');
        const { send } = await newRequest(call);
        const key = newKey();
        const original = await send(key);
        const mark = original.response?.headers[header?.name.toLowerCase() ?? ''];
        expect(mark, `${header?.name} of the first answer`).not.toBe(header?.value);
        expect(await send(key)).toReplay(original);
      },
    );
  }
});
