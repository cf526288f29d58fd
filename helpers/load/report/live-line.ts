import { won } from '../../seeding/budget.ts';
import { describeDuration } from '../../settings/load/duration.ts';
import type { Live } from './report-folder.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Describes how a run stands in one line; `undefined` when it has not begun. */
export function liveLine(parts: readonly Live[]): string | undefined {
  if (parts.length === 0) return undefined;
  const elapsed = Math.max(...parts.map(({ elapsedSeconds }) => elapsedSeconds));
  const p95 = parts.flatMap((part) => part.p95 ?? []);
  const balances = parts.flatMap(({ balanceLowest }) => balanceLowest ?? []);
  const lasting = parts.flatMap(({ lastsSeconds }) => lastsSeconds ?? []);
  const refusals = new Map<string, number>();
  for (const part of parts) {
    for (const [cause, count] of Object.entries(part.refusals)) refusals.set(cause, (refusals.get(cause) ?? 0) + count);
  }
  const refused = [...refusals].sort(([, one], [, other]) => other - one).slice(0, 3);
  return [
    describeDuration(elapsed * 1000).padStart(6),
    `${sum(parts.map(({ vus }) => vus))} VUs`,
    `${sum(parts.map(({ iterations }) => iterations)).toLocaleString('en-US')} iterations`,
    `${Math.round(sum(parts.map(({ iterationsPerSecond }) => iterationsPerSecond)))}/s`,
    p95.length > 0 ? `p(95) ${Math.round(Math.max(...p95))} ms` : 'p(95) not measured',
    refused.length > 0 ? `refused: ${refused.map(([cause, count]) => `${count} ${cause}`).join(', ')}` : 'none refused',
    ...(balances.length > 0 ? [`lowest balance ${won(Math.min(...balances))}`] : []),
    ...(lasting.length > 0 ? [`exhausted in ${describeDuration(Math.min(...lasting) * 1000)}`] : []),
  ].join('  ');
}
