import { expect, test } from '@playwright/test';
import { ShopHosts } from '../../../helpers/mutation/hosts/shop-hosts.ts';
import { findingsOfShop } from '../support/runs/scripted-faults.ts';

const scenarios = [
  'overselling.race.spec.ts › 10 concurrent buyers with stock for 4: exactly 4 served',
  'payment-replay.spec.ts › payment replayed 3 times answers the original and is debited once',
  'payment-replay.spec.ts › payment replayed over new connections answers the original',
  'payment-replay.spec.ts › replayed payment with no balance and no stock left answers the original',
  'order-then-pay.spec.ts › order of 10000 won is paid in full',
  'answer-schema.spec.ts › refused payments and orders answer JSON that states why',
];

test.describe('shop with three faults', () => {
  test('three faults are three findings: overselling, replays that answer 500 and hide others, wrong status', async ({}, testInfo) => {
    testInfo.setTimeout(120_000);
    const hosts = await ShopHosts.start(1, { log: () => undefined, signal: new AbortController().signal });
    try {
      const { findings } = await findingsOfShop('oversell+replay-500+order-created-200', scenarios, hosts);
      const seen = findings.map(({ kind, severity, call }) => ({ kind, severity, call }));
      expect(seen, findings.map(({ sentence }) => sentence).join('\n')).toEqual([
        { kind: 'oversold', severity: 'critical', call: 'pay' },
        { kind: 'server-error', severity: 'major', call: 'pay' },
        { kind: 'wrong-status', severity: 'minor', call: 'createOrder' },
      ]);
      expect(findings[1]?.masks[0]).toMatch(
        /^\d scenarios could not be judged because payment, sent again with the same key answers 500; \d promises? about money or goods among them\. Fix this first/,
      );
    } finally {
      await hosts.stop();
    }
  });
});
