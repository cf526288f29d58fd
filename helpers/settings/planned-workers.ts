import { availableParallelism } from 'node:os';
import type { Settings } from './settings.ts';

const remembered = (name: string, find: () => number | undefined): number | undefined => {
  const found = find();
  if (found !== undefined) process.env[name] = String(found);
  return process.env[name] === undefined ? undefined : Number(process.env[name]);
};

const argumentOf = (pattern: RegExp): string | undefined => {
  const line = process.argv.slice(2).join(' ');
  return pattern.exec(line)?.[1];
};

/**
 * Returns how many workers all shards of this run have together. Kept in the environment, as `wantsOwnTests` is.
 */
export function plannedWorkers({ workers }: Settings): number {
  const processors = availableParallelism();
  const onCommandLine = remembered('ORDER_PAY_WORKERS', () => {
    const [, number = '', percent = ''] =
      /^(\d+)(%?)$/.exec(argumentOf(/(?:^|\s)(?:--workers|-j)[=\s](\S+)/) ?? '') ?? [];
    if (!number) return undefined;
    return percent ? Math.max(1, Math.floor((processors * Number(number)) / 100)) : Math.max(1, Number(number));
  });
  const shards = remembered('ORDER_PAY_SHARDS', () => {
    const total = argumentOf(/(?:^|\s)--shard[=\s]\d+\/(\d+)/);
    return total === undefined ? undefined : Number(total);
  });
  return (onCommandLine ?? workers ?? Math.max(1, Math.floor(processors / 2))) * (shards ?? 1);
}
