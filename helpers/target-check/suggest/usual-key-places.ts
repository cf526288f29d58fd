import type { KeyPlace } from '../../profile/endpoint-forms.ts';

/** Places in which targets expect idempotency keys, the most usual first. */
export const usualKeyPlaces: readonly KeyPlace[] = [
  { in: 'header', name: 'Idempotency-Key' },
  { in: 'body', name: 'idempotencyKey' },
  { in: 'header', name: 'X-Idempotency-Key' },
  { in: 'body', name: 'idempotency_key' },
  { in: 'header', name: 'X-Request-Id' },
];
