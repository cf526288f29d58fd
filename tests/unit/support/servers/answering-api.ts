import type { ReceivedResponse, SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

/** Builds a response with a body, as JSON unless it is a text. */
export const answer = (status: number, body: unknown = {}): ReceivedResponse => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** Returns an API whose every request is answered alike, and the requests that it gets. */
export const answering = (response: ReceivedResponse | Error, profile: TargetProfile = reference) => {
  const requests: SentRequest[] = [];
  const send = (request: SentRequest): Promise<ReceivedResponse> => {
    requests.push(request);
    return response instanceof Error ? Promise.reject(response) : Promise.resolve(response);
  };
  return { api: new ShopApi({ profile, transport: { send } }), requests };
};
