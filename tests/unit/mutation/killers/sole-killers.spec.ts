import { expect, test } from '@playwright/test';
import type { FaultResult } from '../../../../helpers/mutation/matrix-result.ts';
import { soleKillers } from '../../../../helpers/mutation/killers/sole-killers.ts';

const caught = (name: string, ...killedBy: string[]): FaultResult => ({
  ...{ name, family: 'money', race: false, killed: killedBy.length > 0, killedBy },
  ...{ throughGate: false, byOwnFamily: true, seconds: 1, findings: 1, findingIds: [], firstIsOwn: true },
});

test.describe('sole killers', () => {
  test('are the scenarios that alone catch a fault, those with most faults first', () => {
    const faults = [
      caught('debit-twice', 'a.spec.ts › pays'),
      caught('debit-less', 'b.spec.ts › replays'),
      caught('debit-more', 'b.spec.ts › replays'),
      caught('debit-none', 'a.spec.ts › pays', 'b.spec.ts › replays'),
      caught('debit-late'),
    ];
    expect(soleKillers(faults)).toBe(
      [
        '3 faults are caught by one scenario alone, and get through when it is deleted:',
        '  b.spec.ts › replays: debit-less, debit-more',
        '  a.spec.ts › pays: debit-twice',
      ].join('\n'),
    );
  });

  test('are not those that share a fault with what caught it in another round', () => {
    const rounds = [caught('oversell', 'a.spec.ts › pays'), caught('oversell', 'b.spec.ts › replays')];
    expect(soleKillers(rounds)).toContain('0 faults');
  });
});
