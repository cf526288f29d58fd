import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';

/** Returns how many requests are behind causes. */
export const countOf = (causes: readonly Cause[]): number => causes.reduce((sum, cause) => sum + cause.count, 0);

/** Returns how many requests one stage had, answered or not. */
export function requestsOfStage({ causes, counters }: MergedRun, stage: Cause['stage']): number {
  const refusedOrders = countOf(causes.filter((cause) => cause.stage === 'order'));
  const orders = refusedOrders + counters.orders_created + counters.orders_wrong;
  return stage === 'order' ? orders : Math.max(0, counters.http_reqs - orders);
}
