import { setTimeout as delay } from 'node:timers/promises';
import type { BalanceAnswer } from './answers.ts';
import type { Exchange } from './exchange.ts';
import type { Id } from './ids.ts';
import type { ShopApi } from './shop-api.ts';

const pauseMs = 100;

/**
 * Looks up a balance until the API shows what it must be, for as long as it may show an older one.
 *
 * @param balance what it must be, in the smallest unit.
 * @param patienceMs how long the API may show another balance; 0 looks once.
 * @returns the last answer, and for how long another balance was shown, in milliseconds.
 */
export async function shownBalance(
  api: Pick<ShopApi, 'getBalance'>,
  userId: Id,
  balance: number,
  patienceMs: number,
): Promise<{ exchange: Exchange<BalanceAnswer>; staleMs: number }> {
  const start = performance.now();
  for (;;) {
    const lookedMs = performance.now() - start;
    const exchange = await api.getBalance(userId);
    const isStale = exchange.answer !== undefined && exchange.answer.balance !== balance;
    if (!isStale || lookedMs >= patienceMs) return { exchange, staleMs: isStale || lookedMs > pauseMs ? lookedMs : 0 };
    await delay(Math.min(pauseMs, patienceMs - lookedMs));
  }
}
