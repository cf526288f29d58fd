import { test } from '@playwright/test';

// What the run comes to is known when all of it has ended, all shards among it. The findings reporter attaches to this
// test then, which checks nothing itself.
// eslint-disable-next-line playwright/expect-expect
test('findings', ({}, testInfo) => {
  const reporters = testInfo.config.reporter.map(([name]) => name);
  const isReported = reporters.some((name) => name.includes('findings-reporter') || name === 'blob');
  test.skip(!isReported, 'the reporter that puts findings together is not among the reporters of this run');
  test.skip(testInfo.repeatEachIndex > 0, 'the findings of all repetitions stand in the first one');
});
