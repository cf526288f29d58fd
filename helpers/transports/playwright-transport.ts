import type { APIRequestContext } from '@playwright/test';
import type { Transport } from './transport.ts';

/** Sends through Playwright's request context, so that every request is in the report and the trace. */
export function playwrightTransport(context: APIRequestContext, baseUrl: string, timeoutMs: number): Transport {
  return {
    async send({ method, path, headers, body }) {
      const response = await context.fetch(`${baseUrl}${path}`, {
        method,
        headers,
        // A buffer goes out as it is; a string that is no JSON would be quoted first.
        ...(body !== undefined && { data: Buffer.from(body) }),
        failOnStatusCode: false,
        maxRedirects: 0,
        timeout: timeoutMs,
      });
      return { status: response.status(), headers: response.headers(), body: await response.text() };
    },
  };
}
