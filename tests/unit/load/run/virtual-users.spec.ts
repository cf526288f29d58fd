import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Pause } from '../../../../helpers/load/run/iteration.ts';
import type { Pace } from '../../../../helpers/load/plan/pace.ts';
import { VirtualUsers, type VirtualUsersOptions } from '../../../../helpers/load/run/virtual-users.ts';

interface Seen {
  /** Numbers of iterations begun and ended, and of arrivals that found all users busy. */
  begun: number;
  ended: number;
  dropped: number;
}

const usersOf = (
  pace: Pace,
  iterate: (pause: Pause) => Promise<string | undefined>,
  options: Partial<VirtualUsersOptions> = {},
): { users: VirtualUsers; seen: Seen } => {
  const seen = { begun: 0, ended: 0, dropped: 0 };
  const users = new VirtualUsers({
    pace,
    pauseMs: 0,
    iterate: (pause) => {
      seen.begun += 1;
      return iterate(pause);
    },
    onIteration: () => {
      seen.ended += 1;
    },
    onDropped: (count) => {
      seen.dropped += count;
    },
    ...options,
  });
  return { users, seen };
};

const brief = (): Promise<undefined> => delay(2);

/** Creates an iteration that ends when the test releases it. */
const held = () => {
  let release = (): void => undefined;
  const open = new Promise<undefined>((resolve) => {
    release = () => {
      resolve(undefined);
    };
  });
  return { iterate: (): Promise<undefined> => open, release };
};

const long = 3_600_000;

const constant = (vus: number, durationMs: number): Pace => ({
  by: 'stages',
  stages: [
    { durationMs: 0, vus },
    { durationMs, vus },
  ],
});

test.describe('virtual users', () => {
  test('virtual users share a number of iterations exactly', async () => {
    for (const [iterations, vus] of [
      [100, 7],
      [3, 3],
      [1, 5],
    ] as const) {
      const { users, seen } = usersOf({ by: 'iterations', iterations, vus }, brief);
      await users.run();
      expect(seen).toEqual({ begun: iterations, ended: iterations, dropped: 0 });
      expect(users.active).toBe(0);
      expect(users.maxActive).toBeLessThanOrEqual(vus);
    }
  });

  test('iterations with a time limit end at it, and the rest is dropped', async () => {
    const { users, seen } = usersOf({ by: 'iterations', iterations: 1_000_000, vus: 3, maxDurationMs: 200 }, brief);
    const start = performance.now();
    await users.run();
    expect(performance.now() - start).toBeGreaterThanOrEqual(200);
    expect(seen.begun).toBeGreaterThanOrEqual(3);
    expect(seen).toEqual({ begun: seen.begun, ended: seen.begun, dropped: 1_000_000 - seen.begun });
    const inTime = usersOf({ by: 'iterations', iterations: 10, vus: 3, maxDurationMs: long }, brief);
    await inTime.users.run();
    expect(inTime.seen).toEqual({ begun: 10, ended: 10, dropped: 0 });
  });

  test('stage runs as many users as it has, and every iteration that has begun ends', async () => {
    const { users, seen } = usersOf(constant(6, 300), brief);
    await users.run();
    expect(users.maxActive).toBe(6);
    expect(seen.begun).toBeGreaterThanOrEqual(6);
    expect(seen.ended).toBe(seen.begun);
    expect(users.active).toBe(0);
  });

  test('number of users follows the stages', async () => {
    const stages = [
      { durationMs: 0, vus: 4 },
      { durationMs: 300, vus: 4 },
      { durationMs: 0, vus: 1 },
      { durationMs: long, vus: 1 },
    ];
    const { users } = usersOf({ by: 'stages', stages }, brief, { pauseMs: 5 });
    const running = users.run();
    expect(users.active).toBe(4);
    await expect.poll(() => users.active, { intervals: [10] }).toBe(1);
    users.stop();
    await running;
    expect(users.maxActive).toBe(4);
  });

  test('user asked to leave during a long iteration is not doubled when wanted again', async () => {
    const stages = [
      { durationMs: 0, vus: 2 },
      { durationMs: 100, vus: 2 },
      { durationMs: 0, vus: 0 },
      { durationMs: 100, vus: 0 },
      { durationMs: 0, vus: 2 },
      { durationMs: 200, vus: 2 },
    ];
    const hold = held();
    const { users, seen } = usersOf({ by: 'stages', stages }, hold.iterate);
    const running = users.run();
    setTimeout(hold.release, 500);
    await running;
    expect([users.maxActive, seen.begun]).toEqual([2, 2]);
  });

  test('stop() ends pauses within and after an iteration, and no iteration begins after it', async () => {
    const within = usersOf(constant(3, long), async (pause) => {
      await pause(long);
      return undefined;
    });
    const after = usersOf(constant(3, long), () => Promise.resolve(undefined), { pauseMs: long });
    const running = [within.users.run(), after.users.run()];
    await expect.poll(() => after.seen.ended).toBe(3);
    for (const { users } of [within, after]) users.stop();
    await Promise.all(running);
    expect([within.seen, after.seen]).toEqual(new Array(2).fill({ begun: 3, ended: 3, dropped: 0 }));
  });

  test('pauses after stop() end at once', async () => {
    const hold = held();
    const { users, seen } = usersOf(constant(1, long), async (pause) => {
      await hold.iterate();
      await pause(long);
      await pause(long);
      return undefined;
    });
    const running = users.run();
    users.stop();
    users.stop();
    hold.release();
    await running;
    expect(seen.ended).toBe(1);
  });

  test('pauses within the last iterations are kept, those after them are skipped', async () => {
    const paces: Pace[] = [
      { by: 'iterations', iterations: 4, vus: 4 },
      constant(4, 60),
      { by: 'rate', perSecond: 50, durationMs: 60, vus: 4 },
    ];
    for (const pace of paces) {
      const paused: number[] = [];
      const { users } = usersOf(
        pace,
        async (pause) => {
          const start = performance.now();
          await pause(300);
          paused.push(performance.now() - start);
          return undefined;
        },
        { pauseMs: long },
      );
      await users.run();
      expect(paused.length).toBeGreaterThan(0);
      // A timer may be slightly early, but a pause that is cut short ends within 50 ms.
      expect.soft(Math.min(...paused), pace.by).toBeGreaterThan(280);
    }
  });

  test('rate of 200 a second starts 66 iterations in 330 ms', async () => {
    const { users, seen } = usersOf({ by: 'rate', perSecond: 200, durationMs: 330, vus: 1000 }, brief);
    await users.run();
    expect(seen).toEqual({ begun: 66, ended: 66, dropped: 0 });
  });

  test('rate of 100/3 a second starts 10 iterations in 300 ms', async () => {
    const { users, seen } = usersOf({ by: 'rate', perSecond: 100 / 3, durationMs: 300, vus: 1000 }, brief);
    await users.run();
    expect(seen.ended).toBe(10);
  });

  test('arrivals that find all users busy are dropped and counted', async () => {
    const hold = held();
    const { users, seen } = usersOf({ by: 'rate', perSecond: 100, durationMs: 300, vus: 5 }, hold.iterate);
    const running = users.run();
    await expect.poll(() => seen.dropped).toBe(25);
    hold.release();
    await running;
    expect(seen).toEqual({ begun: 5, ended: 5, dropped: 25 });
    expect(users.maxActive).toBe(5);
  });

  test('stop() ends a rate, and no iteration begins after it', async () => {
    const { users, seen } = usersOf({ by: 'rate', perSecond: 100, durationMs: long, vus: 50 }, brief);
    const running = users.run();
    await expect.poll(() => seen.begun).toBeGreaterThan(0);
    users.stop();
    const { begun } = seen;
    await running;
    expect(seen).toEqual({ begun, ended: begun, dropped: 0 });
  });

  test('exception in an iteration ends the run and is thrown from it', async () => {
    const paces: Pace[] = [
      constant(3, long),
      { by: 'iterations', iterations: 1_000_000, vus: 3 },
      { by: 'rate', perSecond: 100, durationMs: long, vus: 3 },
    ];
    for (const pace of paces) {
      const { users } = usersOf(pace, () => Promise.reject(new Error('the disk is full')));
      await expect.soft(users.run(), pace.by).rejects.toThrow('the disk is full');
      expect(users.active).toBe(0);
    }
  });

  test('outcome of every iteration is reported', async () => {
    const outcomes: (string | undefined)[] = [];
    const { users } = usersOf({ by: 'iterations', iterations: 2, vus: 1 }, () => delay(1, 'balance'), {
      onIteration: (outcome) => outcomes.push(outcome),
    });
    await users.run();
    expect(outcomes).toEqual(['balance', 'balance']);
  });
});
