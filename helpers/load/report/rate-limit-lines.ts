import { rateLimitText } from '../../api/answers/rate-limit-text.ts';
import type { LoadSummary } from '../measure/load-summary.ts';

/** Says how often the API let requests wait; nothing where it never did. */
export function rateLimitLines({ counters }: Pick<LoadSummary, 'counters'>): string[] {
  const { rate_limit_waits: waits = 0, rate_limit_waited_ms: waitedMs = 0 } = counters;
  return waits > 0 ? [rateLimitText({ waits, waitedMs })] : [];
}
