import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../../text/json.ts';
import { childEnvironment } from '../../../settings/environment/child-environment.ts';
import type { BenchShop } from '../bench-shop.ts';
import { lastLines } from './last-lines.ts';
import { measureCommand } from '../measure-command.ts';
import type { Figures, DriverTask } from '../measurement.ts';
import { withRichSeed } from '../with-rich-seed.ts';

const resultSchema = z.object({
  iterations: z.number(),
  refused: z.number(),
  errors: z.number(),
  durationSeconds: z.number(),
});

const script = path.join(import.meta.dirname, 'payment-process.autocannon.js');

/**
 * Sends the same requests with autocannon.
 *
 * @throws Error when a request was refused or got no answer.
 */
export async function runAutocannon(
  shop: BenchShop,
  { vus, iterations }: DriverTask,
  signal: AbortSignal,
): Promise<Figures> {
  // Each connection does whole iterations, which may be a few more in all.
  return withRichSeed(shop, iterations + vus, signal, async ({ userIds, productIds }) => {
    const { output, errors, cpuSeconds, peakMemoryMb } = await measureCommand({
      command: [process.execPath, script, JSON.stringify({ baseUrl: shop.url, vus, iterations, userIds, productIds })],
      environment: childEnvironment({}),
      signal,
    });
    const result = resultSchema.safeParse(parseJson(output));
    if (!result.success) throw new Error(`no result: ${lastLines(`${output}\n${errors}`)}`);
    const { refused, errors: lost, iterations: done, durationSeconds } = result.data;
    if (refused + lost > 0) throw new Error(`${refused} requests refused, ${lost} without an answer`);
    if (done < iterations) throw new Error(`only ${done} of ${iterations} iterations`);
    return {
      iterations: done,
      seconds: durationSeconds,
      cpuSeconds,
      ...(peakMemoryMb !== undefined && { peakMemoryMb }),
    };
  });
}
