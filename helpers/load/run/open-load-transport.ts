import { isTrustedByNode } from '../../settings/certificates.ts';
import type { Settings } from '../../settings/settings.ts';
import { UserError } from '../../text/user-error.ts';
import { barePlaywrightTransport } from '../../api/transports/bare-playwright-transport.ts';
import { poolTransport, type ClosableTransport } from '../../api/transports/pool-transport.ts';
import { paymentsOfAnIteration } from '../plan/flow.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import { maxVusOf, shareOf } from '../plan/pace.ts';

/** Opens the transport that a plan asks for, with as many connections as one part's virtual users can use at once. @throws UserError where it cannot be had. */
export async function openLoadTransport(
  plan: LoadPlan,
  part: number,
  { baseUrl = '', requestTimeoutMs, apiCa }: Pick<Settings, 'baseUrl' | 'requestTimeoutMs' | 'apiCa'>,
): Promise<ClosableTransport> {
  if (plan.transport === 'playwright') {
    if (apiCa && !isTrustedByNode(apiCa)) {
      throw new UserError(
        'LOAD_TRANSPORT=playwright knows no other authorities than those of NODE_EXTRA_CA_CERTS, which is set to ' +
          'another file than API_CA_FILE. Unset it, or set LOAD_TRANSPORT=undici.',
      );
    }
    return barePlaywrightTransport(baseUrl, requestTimeoutMs);
  }
  const requestsAtOnce = plan.flow === 'pay-at-once' ? paymentsOfAnIteration : 1;
  const vus = Math.max(1, shareOf(plan, part, maxVusOf(plan)));
  return poolTransport(baseUrl, requestTimeoutMs, vus * requestsAtOnce, apiCa?.pem);
}
