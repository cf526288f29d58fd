import { expect, test } from '@playwright/test';
import noKeys from '../../../../fixtures/shops/targets/no-keys.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import { observedOf } from '../../../../helpers/findings/deviations/observed-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { inProgress, ordered, paid } from '../../support/examples/exchange-examples.ts';

const at = (sentAtMs: number, exchange: Exchange): Exchange => ({ ...exchange, sentAtMs, durationMs: 5 });

const deviation = (place: number): Deviation => ({
  ...{ kind: 'wrong-cause', call: 'pay', circumstance: 'concurrent', sentence: 'It is wrong.' },
  ...{ numbers: {}, details: [], at: place },
});

const observed = (exchanges: readonly Exchange[], place: number, unaudited: readonly Exchange[] = []) =>
  observedOf({
    ...{ profile: reference, deviations: [deviation(place)], exchanges, unaudited, gate: [] },
    rows: undefined,
  });

test.describe('evidence of a failed test', () => {
  test('of a request that is sent again and again, all that are sent at once, the first and the last are kept', () => {
    const burst = Array.from({ length: 20 }, (_, place) => at(10 + place / 10, inProgress()));
    const again = Array.from({ length: 300 }, (_, place) => at(100 + place * 10, inProgress()));
    const { exchanges, deviations } = observed([at(0, ordered()), ...burst, ...again], 320);
    expect(exchanges).toHaveLength(22);
    expect(deviations[0]?.at).toBe(21);
    expect(exchanges.at(-1)?.sentAtMs).toBe(3090);
  });

  test('of many requests that differ, the first are kept, and the one that broke the promise', () => {
    const all = Array.from({ length: 300 }, (_, place) => at(place * 10, paid({ paymentId: place + 1 })));
    const { exchanges, deviations } = observed(all, 299);
    expect(exchanges).toHaveLength(151);
    expect(exchanges[deviations[0]?.at ?? -1]?.sentAtMs).toBe(2990);
  });

  test('what the ledger is not closed with is among it in its place', () => {
    const { exchanges, deviations } = observed([at(0, ordered()), at(20, paid())], 1, [at(10, inProgress())]);
    expect(exchanges.map(({ sentAtMs }) => sentAtMs)).toEqual([0, 10, 20]);
    expect(deviations[0]?.at).toBe(2);
  });

  test('key is shown where the endpoint takes one, and else none', () => {
    const evidence = { deviations: [deviation(0)], exchanges: [paid()], gate: [], rows: undefined };
    expect(observedOf({ ...evidence, profile: reference }).exchanges[0]?.key).toBe('"key-1"');
    expect(observedOf({ ...evidence, profile: noKeys }).exchanges[0]).not.toHaveProperty('key');
  });
});
