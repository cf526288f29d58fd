import { expect, test } from '@playwright/test';
import { variantNamed, variants } from '../../fixtures/reference-shop/variants/all-variants.ts';
import { variantShops } from '../../helpers/fault-matrix/variant-shops.ts';

const namesOf = (shops: ReturnType<typeof variantShops>): string[] =>
  shops.flatMap((shop) => shop.variants.map(({ name }) => name)).toSorted();

test.describe('shops of the matrix', () => {
  test('are every variant once', () => {
    const all = variants.map(({ name }) => name).toSorted();
    expect(namesOf(variantShops(variants, false))).toEqual(all);
    expect(namesOf(variantShops(variants, true))).toEqual(all);
  });

  test('share small differences, unless each is to have its own', () => {
    const chosen = ['pretty-printed', 'retry-after', 'big-ids'].map(variantNamed);
    expect(variantShops(chosen, false).map(({ shop }) => shop.name)).toEqual(['pretty-printed+retry-after', 'big-ids']);
    expect(variantShops(chosen, true)).toHaveLength(3);
  });

  test('are combined under one profile only', () => {
    expect(() => variantNamed('big-ids+hhplus')).toThrow('different profiles');
    expect(() => variantNamed('big-ids+bigger-ids')).toThrow('No variant is named bigger-ids');
  });
});
