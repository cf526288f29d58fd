/** Files whose scenarios wait rather than work, for locks and for answers that do not come. */
export const waitingScenarios: readonly string[] = [
  'connection-leaks.spec.ts',
  'connection-leaks.race.spec.ts',
  'killed-connections.race.spec.ts',
  'lock-wait-time-outs.race.spec.ts',
  'long-lock-waits.race.spec.ts',
];

/** Playwright workers that wait, beside those that are asked for. */
export const workersThatWait = 3;
