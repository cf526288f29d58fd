import { expect, test } from '@playwright/test';
import type { LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import { expectedVerdict } from '../../../../helpers/load/audit/expected-verdict.ts';
import { stoppedByHand } from '../../../../helpers/load/audit/load-verdict.ts';
import { noLedger } from '../../../../helpers/load/audit/load-ledger.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import { allSucceeded, examplePart } from '../../support/examples/example-load-part.ts';

const failing = { ...allSucceeded(100), iterations_succeeded: 70, iterations_failed: 30 };

test.describe('expected verdict', () => {
  test('shard that lacks only the parts of other shards is expected INCONCLUSIVE, any other run PASS', () => {
    const expected = (changes: Partial<LoadPart>, shard: { total: number } | null) =>
      expectedVerdict(summarise([examplePart({ parts: 3, ...changes })]), shard);
    const shard = { total: 2 };
    const description =
      '2 of the 3 parts are with the other shards: merge all with `npm run load -- --merge FOLDER...`';
    expect(expected({}, shard)).toEqual({
      verdict: 'INCONCLUSIVE',
      annotations: [{ type: 'other shards', description }],
    });
    const whole = { verdict: 'PASS', annotations: [] };
    expect([expected({}, null), expectedVerdict(undefined, shard)]).toEqual([whole, whole]);
    const deficits: Partial<LoadPart>[] = [
      { parts: 1 },
      { stoppedEarly: stoppedByHand },
      { ledger: noLedger },
      { counters: failing },
      { blocked: 'too little' },
    ];
    for (const deficit of deficits) expect.soft(expected(deficit, shard), JSON.stringify(deficit)).toEqual(whole);
  });
});
