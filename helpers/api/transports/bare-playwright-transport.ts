import { createRequire } from 'node:module';
import type { APIRequest } from '@playwright/test';
import { z } from 'zod';
import { playwrightTransport } from './playwright-transport.ts';
import type { ClosableTransport } from './pool-transport.ts';

const hasNewContext = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'newContext' in value && typeof value.newContext === 'function';

const bundleSchema = z.object({
  inprocess: z.object({ createInProcessPlaywright: z.custom<() => unknown>((value) => typeof value === 'function') }),
});

const playwrightSchema = z.object({ request: z.custom<APIRequest>(hasNewContext) });

/**
 * Returns a transport over a request context of Playwright outside the test runner: inside, every request becomes a
 * step of the report, which costs more the longer a test lasts.
 */
export async function barePlaywrightTransport(baseUrl: string, timeoutMs: number): Promise<ClosableTransport> {
  const bundle = bundleSchema.parse(createRequire(import.meta.url)('playwright-core/lib/coreBundle'));
  const { request } = playwrightSchema.parse(bundle.inprocess.createInProcessPlaywright());
  const context = await request.newContext();
  const transport = playwrightTransport(context, baseUrl, timeoutMs);
  return {
    send: (sent) => transport.send(sent),
    async close() {
      await transport.close();
      await context.dispose();
    },
  };
}
