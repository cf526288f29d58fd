import { test as setup } from '../fixtures/preflight-test.ts';
import { runPreflight } from '../fixtures/preflight/run-preflight.ts';

setup('target is reachable, one system with its database, and covers the budget', async ({ ground }) => {
  await runPreflight(ground);
});
