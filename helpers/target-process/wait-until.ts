import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 25;

/**
 * Waits until a condition holds, and asks again every 25 milliseconds.
 *
 * @returns the wait in milliseconds; undefined where it does not hold within `maxMs` milliseconds.
 */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  maxMs: number,
): Promise<number | undefined> {
  const startedAt = performance.now();
  for (;;) {
    if (await condition()) return performance.now() - startedAt;
    if (performance.now() - startedAt + pollMs > maxMs) return undefined;
    await delay(pollMs);
  }
}
