import type { Exchange } from '../api/answers/exchange.ts';

/** Counts exchanges by outcome: `{ ok: 4, stock: 6 }`; lost answers count as `unknown outcome`. */
export function countOutcomes(exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, refusal } of exchanges) {
    const name = outcome === 'unknown' ? 'unknown outcome' : (refusal?.reason ?? outcome);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
