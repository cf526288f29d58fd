import type { Settings } from '../../settings/settings.ts';
import { barePlaywrightTransport } from '../../api/transports/bare-playwright-transport.ts';
import { poolTransport, type ClosableTransport } from '../../api/transports/pool-transport.ts';
import { paymentsOfAnIteration } from '../plan/flow.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import { maxVusOf, shareOf } from '../plan/pace.ts';

/** Opens the transport that a plan asks for, with as many connections as one part's virtual users can use at once. */
export async function openLoadTransport(
  plan: LoadPlan,
  part: number,
  { baseUrl = '', requestTimeoutMs, apiCa }: Pick<Settings, 'baseUrl' | 'requestTimeoutMs' | 'apiCa'>,
): Promise<ClosableTransport> {
  // It knows the authorities that this process was started with, API_CA_FILE among them.
  if (plan.transport === 'playwright') return barePlaywrightTransport(baseUrl, requestTimeoutMs);
  const requestsAtOnce = plan.flow === 'pay-at-once' ? paymentsOfAnIteration : 1;
  const vus = Math.max(1, shareOf(plan, part, maxVusOf(plan)));
  return poolTransport(baseUrl, requestTimeoutMs, vus * requestsAtOnce, apiCa?.pem);
}
