import { expect, test } from '@playwright/test';
import { variantNamed, variants } from '../../../../fixtures/shops/reference/variants/all-variants.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import type { ShopParts } from '../../../../fixtures/shops/reference/shop-parts.ts';
import type { Variant } from '../../../../fixtures/shops/reference/variants/variant.ts';
import { partsOf, variantShops, wrapping } from '../../../../helpers/mutation/trials/variant-shops.ts';

const namesOf = (shops: ReturnType<typeof variantShops>): string[] =>
  shops.flatMap((shop) => shop.variants.map(({ name }) => name)).toSorted();

const flatSteps = (parts: ShopParts): Map<string, unknown> =>
  new Map(
    Object.entries(parts).flatMap(([part, steps]: [string, object]) =>
      Object.entries(steps).map(([name, step]: [string, unknown]) => [`${part}.${name}`, step] as const),
    ),
  );

/** Tables and their first rows are texts that each variant changes further. */
const replacedSteps = ({ apply }: Variant): string[] => {
  const correct = flatSteps(correctParts);
  return [...flatSteps(apply(correctParts))]
    .filter(([name, step]) => step !== correct.get(name) && !/^(schema|seed)\./.test(name))
    .map(([name]) => name);
};

test.describe('shops of the matrix', () => {
  test('are every variant once', () => {
    const all = variants.map(({ name }) => name).toSorted();
    expect(namesOf(variantShops(variants, false))).toEqual(all);
    expect(namesOf(variantShops(variants, true))).toEqual(all);
  });

  test('share differences, unless each is to have its own', () => {
    const chosen = ['pretty-printed', 'retry-after', 'english-messages'].map(variantNamed);
    const shops = variantShops(chosen, false).map(({ shop }) => shop.name);
    expect(shops).toEqual(['retry-after+pretty-printed', 'english-messages']);
    expect(variantShops(chosen, true)).toHaveLength(3);
  });

  test('have no two differences in one step, where one would hide the other', () => {
    for (const shop of variantShops(variants, false)) {
      const taken = new Set<string>();
      for (const variant of shop.variants) {
        const steps = replacedSteps(variant);
        const hiding = steps.filter((step) => taken.has(step) && !wrapping.includes(variant.name));
        expect(hiding, `what ${variant.name} hides of ${shop.shop.name}`).toEqual([]);
        for (const step of steps) taken.add(step);
      }
    }
  });

  test('write times in one way and bodies in another', () => {
    const { http } = variantNamed('times-without-zone+pretty-printed').apply(correctParts);
    expect(http.answer(200, { id: 1, at: new Date(0).toISOString() }).text).toBe(
      '{\n  "at": "1970-01-01T00:00:00.000",\n  "id": 1\n}\n',
    );
  });

  test('are combined under one profile only, unless another declares the choices of all', () => {
    expect(() => variantNamed('big-ids+hhplus')).toThrow('different profiles');
    expect(() => variantNamed('big-ids+bigger-ids')).toThrow('No variant is named bigger-ids');
    const [shop] = variantShops(['codes-shared', 'payment-outbox'].map(variantNamed), false);
    expect(shop?.shop.profile).toBe('fixtures/shops/targets/codes-and-lock-waits.ts');
  });

  test('have a part for each profile of their variants, where there are several', () => {
    const shops = variantShops(['codes-shared', 'payment-outbox', 'keys-in-one-table'].map(variantNamed), false);
    const parts = shops.flatMap(partsOf);
    expect(parts.map(({ shop }) => [shop.name, shop.profile])).toEqual([
      ['codes-shared', 'fixtures/shops/targets/codes-shared.ts'],
      ['keys-in-one-table+payment-outbox', undefined],
    ]);
    expect(parts.flatMap(partsOf)).toEqual([]);
  });
});
