import type { ReceivedResponse, SentRequest } from '../answers/exchange.ts';

/** Carries requests to the target. Every transport sends the bytes it is given and follows no redirect. */
export interface Transport {
  /**
   * Sends one request and waits for its whole answer.
   *
   * @throws Error of its client when no answer arrives; the caller counts that as an unknown outcome.
   */
  send(request: SentRequest): Promise<ReceivedResponse>;
}

/** Maximum size of a body; no answer to an order or a payment comes near it. */
export const maxBytes = 1_000_000;
