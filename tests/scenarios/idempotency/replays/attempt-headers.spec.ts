import { randomBytes, randomUUID } from 'node:crypto';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { isMissing } from '../../../../helpers/profile/endpoint-forms.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Returns what clients and proxies write anew for every attempt, without the headers that mean more to this target. */
function attemptHeaders({ endpoints, headers = {} }: TargetProfile, call: KeyedCall, nth: number) {
  const endpoint = endpoints[call];
  const key = isMissing(endpoint) || endpoint.key?.in !== 'header' ? [] : [endpoint.key.name];
  const taken = [...Object.keys(headers), ...key].map((name) => name.toLowerCase());
  const trace = hex(16);
  const written: Record<string, string> = {
    traceparent: `00-${trace}-${hex(8)}-01`,
    tracestate: `attempt=${nth}`,
    b3: `${trace}-${hex(8)}-1`,
    'x-request-id': randomUUID(),
    'x-correlation-id': randomUUID(),
    'user-agent': `client/1.${nth}`,
    date: new Date(Date.now() + nth * 1000).toUTCString(),
  };
  return Object.fromEntries(Object.entries(written).filter(([name]) => !taken.includes(name)));
}

test.describe('headers of an attempt', { tag: '@idempotency', annotation: promise('replay-answers-original') }, () => {
  for (const [call, thing] of [
    ['pay', 'payment'],
    ['createOrder', 'order'],
    ['chargeBalance', 'top-up'],
  ] as const) {
    test(`replayed ${thing} with another trace, request id, date and client answers the original`, async ({
      newRequest,
      shopApi,
      shopDatabase,
      newKey,
      profile,
    }) => {
      needsKeys(profile, call);
      const { account, send, expectSuccess, after } = await newRequest(call);
      const key = newKey();
      const attempt = (nth: number) => send(key, shopApi.with({ headers: attemptHeaders(profile, call, nth) }));

      const original = await attempt(1);
      expectSuccess(original);
      expect(await untilSettled(() => attempt(2))).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject(after);
    });
  }
});
