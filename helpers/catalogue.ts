import { createHash } from 'node:crypto';
import { Faker, en, ko } from '@faker-js/faker';

/** Names people and products, and makes idempotency keys. */
export interface Catalogue {
  readonly personName: () => string;
  readonly productName: () => string;
  /** A key of its own for every call. */
  readonly idempotencyKey: () => string;
  /** So many digits, none of them a leading zero; others for every call. */
  readonly digits: (count: number) => string;
}

/**
 * A catalogue that gives the same names again for the same seed and purpose.
 *
 * @param purpose what they are for, such as a test's id.
 */
export function catalogueFor(seed: number, purpose: string): Catalogue {
  const number = createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32BE();
  const people = new Faker({ locale: [ko, en], seed: number });
  const goods = new Faker({ locale: en, seed: number });
  return {
    personName: () => people.person.fullName(),
    productName: () => goods.commerce.productName(),
    idempotencyKey: () => goods.string.uuid(),
    digits: (count) => goods.string.numeric({ length: count, allowLeadingZeros: false }),
  };
}
