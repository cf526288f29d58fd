import { needsKeyThatIsMalformed, needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Field } from '../../../../helpers/text/json.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

type MalformedKey = readonly [kind: string, key: (profile: TargetProfile) => Field];

const tooLong: readonly MalformedKey[] = [
  ['an idempotency key 1 character too long', ({ policies }) => 'k'.repeat(policies.key.maxLength + 1)],
  ['an idempotency key made too long by a trailing space', ({ policies }) => `${'k'.repeat(policies.key.maxLength)} `],
];

const none: MalformedKey = ['a null idempotency key', () => null];
const list: MalformedKey = ['a list as idempotency key', () => ['k']];

const refusedKeys = [
  {
    call: 'pay',
    keys: [['no idempotency key', () => undefined], ['an empty idempotency key', () => ''], none, ...tooLong, list],
    thing: 'payment',
    effect: 'moves nothing',
    tag: [],
  },
  {
    call: 'createOrder',
    keys: [...tooLong, list],
    thing: 'order',
    effect: 'creates nothing',
    tag: ['@orders'],
  },
  {
    call: 'chargeBalance',
    keys: [none, ...tooLong, list],
    thing: 'top-up',
    effect: 'adds nothing',
    tag: ['@balance'],
  },
] as const satisfies readonly { readonly keys: readonly MalformedKey[]; readonly [other: string]: unknown }[];

test.describe(
  'malformed keys',
  { tag: ['@idempotency', '@contract'], annotation: promise('malformed-key-refused') },
  () => {
    for (const { call, keys, thing, effect, tag } of refusedKeys) {
      for (const [kind, malformedKey] of keys) {
        test(
          `${thing} with ${kind} is refused and ${effect}`,
          { tag: [...tag] },
          async ({ newRequest, shopDatabase, newKey, profile }) => {
            const key = malformedKey(profile);
            needsKeys(profile, call);
            needsKeyThatIsMalformed(profile, call, key);
            const { account, products, send, malformed, expectSuccess } = await newRequest(call);
            const before = await shopDatabase.stateOf([account], products);

            // Twice, as a malformed key must not become a key that all such requests share.
            for (const attempt of ['first', 'second']) {
              const refused = await test.step(`${attempt} attempt`, () => send(key));

              expect(refused).toBeRefusedFor(malformed);
            }
            expect(await shopDatabase.stateOf([account], products)).toEqual(before);
            expectSuccess(await send(newKey()));
          },
        );
      }
    }
  },
);
