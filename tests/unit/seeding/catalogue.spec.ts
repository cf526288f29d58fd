import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { catalogueFor } from '../../../helpers/seeding/catalogue.ts';

const sample = (seed: number, purpose: string): string[] => {
  const { personName, productName, idempotencyKey } = catalogueFor(seed, purpose);
  return [personName(), personName(), productName(), productName(), idempotencyKey(), idempotencyKey()];
};

test.describe('catalogue', () => {
  test('same seed and purpose give the same names and keys', () => {
    expect(sample(7, 'a test')).toEqual(sample(7, 'a test'));
  });

  test('another seed or purpose gives other names and keys', () => {
    const keys = [
      sample(7, 'a test'),
      sample(8, 'a test'),
      sample(7, 'another test'),
      sample(1, '1 a test'),
      sample(11, ' a test'),
    ].map((names) => names.join());
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('1000 idempotency keys are unique and at most 100 characters long', () => {
    const { idempotencyKey } = catalogueFor(7, 'a test');
    const keys = Array.from({ length: 1000 }, idempotencyKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.length === 0 || key.length > 100)).toEqual([]);
  });

  test('asking for a person name does not change the product names', () => {
    const one = catalogueFor(7, 'a test');
    const other = catalogueFor(7, 'a test');
    one.personName();
    expect(one.productName()).toBe(other.productName());
  });

  test('person names are Korean, and all names fit into their columns', () => {
    const { personName, productName } = catalogueFor(7, 'a test');
    const people = Array.from({ length: 100 }, personName);
    const products = Array.from({ length: 100 }, productName);
    expect(people.filter((name) => !/\p{Script=Hangul}/u.test(name) || name.length > 100)).toEqual([]);
    expect(products.filter((name) => name.length === 0 || name.length > 150)).toEqual([]);
  });
});
