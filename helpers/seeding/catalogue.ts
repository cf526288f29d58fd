import { createHash } from 'node:crypto';
import type { Faker } from '@faker-js/faker';
// The package itself would load all languages in every worker.
import { faker as english } from '@faker-js/faker/locale/en';
import { faker as korean } from '@faker-js/faker/locale/ko';

/** Generates names of people and products, and idempotency keys. */
export interface Catalogue {
  readonly personName: () => string;
  readonly productName: () => string;
  /** Returns a new key on every call. */
  readonly idempotencyKey: () => string;
  /** Returns new digits on every call, without a leading zero. */
  readonly digits: (count: number) => string;
}

/**
 * Returns a catalogue that generates the same names for the same seed and purpose.
 *
 * @param purpose use of the names, such as a test's id.
 */
export function catalogueFor(seed: number, purpose: string): Catalogue {
  const digest = createHash('sha256').update(`${seed} ${purpose}`).digest();
  const own = [digest.readUInt32BE(0), digest.readUInt32BE(4)];
  const source = (faker: Faker) => {
    let drawn = 0;
    // Catalogues share the generator, so each draw has a seed of its own.
    return (): Faker => {
      faker.seed([...own, (drawn += 1)]);
      return faker;
    };
  };
  // Drawn far more often than names; a faker that is seeded anew each time takes ten times as long.
  let keys = 0;
  const uuid = (): string => {
    const hex = createHash('sha256')
      .update(`${seed} ${purpose} key ${(keys += 1)}`)
      .digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
  const people = source(korean);
  const goods = source(english);
  return {
    personName: () => people().person.fullName(),
    productName: () => goods().commerce.productName(),
    idempotencyKey: uuid,
    digits: (count) => goods().string.numeric({ length: count, allowLeadingZeros: false }),
  };
}
