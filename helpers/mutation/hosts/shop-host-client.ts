import { z } from 'zod';
import type { Trial } from '../matrix-plan.ts';

export const hostedShopSchema = z.object({
  url: z.string(),
  /** Addresses of further instances of it, on the same database. */
  otherInstances: z.array(z.string()).optional(),
  database: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    password: z.string(),
    name: z.string(),
  }),
});

/** A shop that answers, and its database. */
export type HostedShop = z.infer<typeof hostedShopSchema>;

const maxStartMs = 45_000;

const ask = async ({ host }: Trial, path: string, body: object): Promise<unknown> => {
  const response = await fetch(host + path, {
    method: 'POST',
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(maxStartMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
};

/**
 * Enters the shop of a trial, which is started unless it is there.
 *
 * @returns undefined when enough scenarios have failed there.
 * @throws Error that says why it does not start.
 */
export async function enterShop(trial: Trial): Promise<HostedShop | undefined> {
  // It need not know which scenarios come, and they may be many.
  const asked = { ...trial, scenarios: {} };
  return hostedShopSchema.nullable().parse(await ask(trial, '/enter', asked)) ?? undefined;
}

/** Leaves the shop of a trial, and says whether a scenario failed there. */
export async function leaveShop(trial: Trial, hasFailed: boolean): Promise<void> {
  await ask(trial, '/leave', { name: trial.name, hasFailed });
}
