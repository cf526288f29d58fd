import { expect, test } from '@playwright/test';
import { CrashSchedule } from '../../../../helpers/load/crashes/crash-schedule.ts';
import { Outages } from '../../../../helpers/load/crashes/outages.ts';
import { parseForcedFailures } from '../../../../helpers/settings/load/forced-failures.ts';
import type { RestartableTarget } from '../../../../helpers/target-process/restartable-target.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';

/** Returns a schedule against a target that notes what is done to it. */
const scheduled = (text: string, changes: Partial<RestartableTarget> = {}) => {
  const done: string[] = [];
  const mistakes: string[] = [];
  const lines: string[] = [];
  const doing = (what: string) => (): Promise<void> => {
    done.push(what);
    return Promise.resolve();
  };
  const failures = parseForcedFailures(text);
  if (typeof failures === 'string') throw new Error(failures);
  const outages = new Outages();
  const target = {
    ...{ killApi: doing('kill api'), startApi: doing('start api') },
    ...{ killDatabase: doing('kill database'), startDatabase: doing('start database') },
    untilHealthy: () => Promise.resolve(0),
    close: () => Promise.resolve(),
    ...changes,
  };
  const schedule = new CrashSchedule({
    ...{ failures, target, outages },
    onMistake: (one) => mistakes.push(one),
    onProgress: (one) => lines.push(one),
  });
  return { schedule, outages, done, mistakes, lines };
};

test.describe('schedule of crashes', () => {
  test('target is killed and started at the scheduled times, one after the other', async () => {
    const { schedule, outages, done } = scheduled('20ms:kill-api,60ms:start-api,80ms:kill-db,80ms:start-db');
    const began = performance.now();
    schedule.begin();
    await expect.poll(() => done).toEqual(['kill api', 'start api', 'kill database', 'start database']);
    await schedule.end();
    expect(schedule.notReached).toEqual([]);
    expect(outages.all.map(({ to }) => to)).toEqual(['api', 'database']);
    // A timer counts whole milliseconds, and may be early by one of them.
    expect(outages.all[0]?.killedMs).toBeGreaterThanOrEqual(began + 18);
    expect(outages.all[0]?.startedMs).toBeGreaterThanOrEqual(began + 58);
  });

  test('run that ends during an outage starts what is down, the database first, and kills nothing more', async () => {
    const { schedule, done } = scheduled('0s:kill-api,0s:kill-db,1h:start-api,1h:start-db,2h:kill-api,3h:start-api');
    schedule.begin();
    await expect.poll(() => done).toEqual(['kill api', 'kill database']);
    await schedule.end();
    await schedule.end();
    expect(done).toEqual(['kill api', 'kill database', 'start database', 'start api']);
    expect(schedule.notReached.map(({ does, to }) => `${does} ${to}`)).toEqual([
      ...['start api', 'start database', 'kill api', 'start api'],
    ]);
  });

  test('every kill, start and recovery is reported with its time', async () => {
    const { schedule, outages, lines } = scheduled('0s:kill-api,0s:kill-db,20ms:start-db,20ms:start-api');
    schedule.begin();
    await expect.poll(() => lines).toHaveLength(4);
    schedule.look();
    const sentAtMs = performance.now();
    const request = { method: 'GET', path: '/', headers: {} };
    outages.note({ name: 'health', request, outcome: 'ok', sentAtMs, durationMs: 1 }, []);
    schedule.look();
    schedule.look();
    await schedule.end();
    expect(lines.map((line) => line.replaceAll(/\d+\.\d s/g, '… s'))).toEqual([
      '  forced failure at … s: kill api',
      '  forced failure at … s: kill database',
      '  forced failure at … s: start database',
      '  forced failure at … s: start api',
      '  forced failure at … s: first success, … s after start api',
      '  forced failure at … s: first success, … s after start database',
    ]);
  });

  test('failing start command is reported even if the API is healthy', async () => {
    const { schedule, mistakes, done } = scheduled('0s:kill-db,0s:start-db', {
      assertStarted: () => {
        throw new UserError('DB_START_COMMAND ended with exit code 1');
      },
    });
    schedule.begin();
    await expect.poll(() => done).toEqual(['kill database', 'start database']);
    expect(mistakes).toEqual([]);
    schedule.look();
    expect(mistakes).toEqual(['DB_START_COMMAND ended with exit code 1']);
    await schedule.end();
  });

  test('failing kill command is reported with its output, and the target is started all the same', async () => {
    const { schedule, done, mistakes } = scheduled('0s:kill-api,1h:start-api', {
      killApi: () => Promise.reject(new UserError('TARGET_KILL_COMMAND ended with exit code 1')),
    });
    schedule.begin();
    await expect.poll(() => mistakes).toEqual(['TARGET_KILL_COMMAND ended with exit code 1']);
    await schedule.end();
    expect(done).toEqual(['start api']);
  });

  test('target that does not recover is reported, unless it was killed again meanwhile', async () => {
    const unhealthy = { untilHealthy: () => Promise.reject(new UserError('not healthy')) };
    const once = scheduled('0s:kill-api,0s:start-api', unhealthy);
    once.schedule.begin();
    await expect.poll(() => once.mistakes).toEqual(['not healthy']);
    let fail: (error: Error) => void = () => undefined;
    const again = scheduled('0s:kill-api,0s:start-api,10ms:kill-api,1h:start-api', {
      untilHealthy: () => new Promise((_resolve, reject) => (fail = reject)),
    });
    again.schedule.begin();
    await expect.poll(() => again.done).toEqual(['kill api', 'start api', 'kill api']);
    fail(new UserError('not healthy'));
    await Promise.resolve();
    expect(again.mistakes).toEqual([]);
  });
});
