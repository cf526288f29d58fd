import { expect, test } from '@playwright/test';
import { fastestAnswerMs } from '../../../../helpers/load/prepare/fastest-answer.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { notOffered } from '../../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

const apiOf = (send: (path: string) => Promise<void>, profile: TargetProfile = reference): ShopApi =>
  new ShopApi({
    profile,
    transport: { send: ({ path }) => send(path).then(() => ({ status: 404, headers: {}, body: '' })) },
  });

test.describe('fastest answer', () => {
  test('fastest of 8 product requests is measured, or nothing if none is answered', async () => {
    let requests = 0;
    const answering = apiOf(() => {
      requests += 1;
      return Promise.resolve();
    });
    expect(await fastestAnswerMs(answering, 1)).toBeGreaterThanOrEqual(0);
    expect(requests).toBe(8);
    expect(
      await fastestAnswerMs(
        apiOf(() => Promise.reject(new Error('gone'))),
        1,
      ),
    ).toBeUndefined();
  });

  test('fastest answer is that of the health check without GET product, and unknown without both', async () => {
    const getProduct = notOffered('products are shown to nobody');
    const paths = new Set<string>();
    const note = (path: string): Promise<void> => {
      paths.add(path);
      return Promise.resolve();
    };
    const { endpoints } = reference;
    const withHealth = apiOf(note, { ...reference, endpoints: { ...endpoints, getProduct } });
    expect(await fastestAnswerMs(withHealth, 1)).toBeGreaterThanOrEqual(0);
    expect([...paths]).toEqual([endpoints.health.path]);
    const health = notOffered('there is none');
    const withNeither = apiOf(note, { ...reference, endpoints: { ...endpoints, getProduct, health } });
    expect(await fastestAnswerMs(withNeither, 1)).toBeUndefined();
  });
});
