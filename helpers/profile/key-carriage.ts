import { offered } from './endpoint-forms.ts';
import type { KeyedCall } from './tables.ts';
import type { TargetProfile } from './target-profile.ts';

// A header's value has no spaces around it, and no certain encoding beyond ASCII (RFC 9110, 5.5).
const sendableInHeader = /^(?:[!-~](?:[\t -~]*[!-~])?)?$/;

/** Returns whether a header arrives with exactly this text. */
export const fitsInHeader = (text: string): boolean => sendableInHeader.test(text);

/** Returns whether a call of the target can be sent with exactly this key. */
export function canCarryKey({ endpoints }: Pick<TargetProfile, 'endpoints'>, call: KeyedCall, key: string): boolean {
  const endpoint = endpoints[call];
  const place = 'notOffered' in endpoint ? undefined : endpoint.key;
  return place !== undefined && (place.in === 'body' || fitsInHeader(key));
}

/** Returns whether a call of the target sends an idempotency key at all. */
export function takesKey(
  { endpoints }: Pick<TargetProfile, 'endpoints'>,
  call: keyof TargetProfile['endpoints'],
): boolean {
  const endpoint = offered(endpoints[call]);
  return endpoint !== undefined && 'key' in endpoint && endpoint.key !== undefined;
}
