import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../../text/json.ts';
import { childEnvironment } from '../../../settings/environment/child-environment.ts';
import type { BenchShop } from '../bench-shop.ts';
import { lastLines } from './last-lines.ts';
import { measureCommand } from '../measure-command.ts';
import type { Figures, DriverTask } from '../measurement.ts';
import { withRichSeed } from '../with-rich-seed.ts';

const summarySchema = z.object({
  iterations: z.number(),
  durationSeconds: z.number(),
  checks: z.object({ passes: z.number(), fails: z.number() }),
});

const script = path.join(import.meta.dirname, 'payment-process.k6.js');

/** Returns the version of the k6 on the PATH; `undefined` when there is none. @example 'v2.2.0' */
export function k6Version(): string | undefined {
  const { stdout, status } = spawnSync('k6', ['version'], { encoding: 'utf8' });
  return status === 0 ? (/v\d[\w.-]*/.exec(stdout)?.[0] ?? stdout.trim()) : undefined;
}

/**
 * Runs the k6 script.
 *
 * @throws Error when an answer was not as it is to be, or an iteration is missing.
 */
export async function runK6(shop: BenchShop, { vus, iterations }: DriverTask, signal: AbortSignal): Promise<Figures> {
  return withRichSeed(shop, iterations, signal, async ({ userIds, productIds }) => {
    const variables = {
      BASE_URL: shop.url,
      VUS: String(vus),
      ITERATIONS: String(iterations),
      USER_IDS: userIds.join(','),
      PRODUCT_IDS: productIds.join(','),
    };
    const { output, errors, cpuSeconds, peakMemoryMb } = await measureCommand({
      command: [
        'k6',
        'run',
        '--quiet',
        // Without its control port, which two runs at once could not both have.
        '--address=',
        '--no-usage-report',
        ...Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
        script,
      ],
      environment: childEnvironment({}),
      signal,
    });
    const summary = summarySchema.safeParse(parseJson(output));
    if (!summary.success) throw new Error(`no summary: ${lastLines(`${output}\n${errors}`)}`);
    const { checks, durationSeconds, iterations: done } = summary.data;
    if (checks.fails > 0) throw new Error(`${checks.fails} checks failed: ${lastLines(errors)}`);
    if (done < iterations) throw new Error(`only ${done} of ${iterations} iterations: ${lastLines(errors)}`);
    return {
      iterations: done,
      seconds: durationSeconds,
      cpuSeconds,
      ...(peakMemoryMb !== undefined && { peakMemoryMb }),
    };
  });
}
