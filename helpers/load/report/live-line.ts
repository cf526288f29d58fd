import { groupedInWords } from '../../profile/amount-in-words.ts';
import { describeDuration } from '../../settings/load/duration.ts';
import { isFailure } from '../measure/cause-of.ts';
import type { Live } from './page/report-folder.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

type Counted = readonly [cause: string, count: number];

/** Tells if a cause, as `stage reason`, is a failure and no refusal. */
const isOfFailure = ([cause]: Counted): boolean => isFailure(cause.split(' ').at(-1) ?? '');

const listed = (causes: readonly Counted[]): string => causes.map(([cause, count]) => `${count} ${cause}`).join(', ');

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
  const most = [...refusals].sort(([, one], [, other]) => other - one);
  const [failed, refused] = [most.filter(isOfFailure).slice(0, 3), most.filter((one) => !isOfFailure(one)).slice(0, 3)];
  return [
    describeDuration(elapsed * 1000).padStart(6),
    `${sum(parts.map(({ vus }) => vus))} VUs`,
    `${sum(parts.map(({ iterations }) => iterations)).toLocaleString('en-US')} iterations`,
    `${Math.round(sum(parts.map(({ iterationsPerSecond }) => iterationsPerSecond)))}/s`,
    p95.length > 0 ? `p(95) ${Math.round(Math.max(...p95))} ms` : 'p(95) not measured',
    refused.length > 0 ? `refused: ${listed(refused)}` : 'none refused',
    ...(failed.length > 0 ? [`failed: ${listed(failed)}`] : []),
    ...(balances.length > 0 ? [`lowest balance ${groupedInWords(Math.min(...balances), parts[0] ?? {})}`] : []),
    ...(lasting.length > 0 ? [`exhausted in ${describeDuration(Math.min(...lasting) * 1000)}`] : []),
  ].join('  ');
}
