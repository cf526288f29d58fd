import { expect, test } from '@playwright/test';
import type { ReceivedResponse } from '../../../helpers/api/answers/exchange.ts';
import type { ShopApi } from '../../../helpers/api/shop-api.ts';
import { assertHealthy, blamingHealth } from '../../../helpers/seeding/healthy.ts';
import { assertSeeded } from '../../../helpers/seeding/seeded-balance.ts';
import { assertSeededProduct } from '../../../helpers/seeding/seeded-product.ts';
import { inDecimals } from '../support/examples/target-in-decimals.ts';
import { answer, answering } from '../support/servers/answering-api.ts';

type Look = (api: ShopApi) => Promise<unknown>;

const atBalance: Look = (api) => assertSeeded(api, 7, 5000, 'db/shop');
const atProduct: Look = (api) => assertSeededProduct(api, { productId: 3, price: 1000, stock: 5 }, 'db/shop');

const messageOf = (looked: Promise<unknown>): Promise<string> =>
  looked.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const said = (look: Look, response: ReceivedResponse | Error): Promise<string> =>
  messageOf(look(answering(response).api));

const moved = { status: 301, headers: { location: 'https://shop.example/' }, body: '' };
const page = answer(200, '<html>Sign in</html>');

test.describe('unexpected answer before a run', () => {
  test('5xx, redirect, web page and silence are the cause themselves, at a balance and at a product', async () => {
    const causes: readonly (readonly [ReceivedResponse | Error, RegExp])[] = [
      [answer(503, ''), /^The API answers 503 to GET \S+: an empty body\. Nothing else can be concluded from that/],
      [moved, /^The API answers 301 to GET \S+, a redirect to https:\/\/shop\.example\/\. Redirects are not followed/],
      [page, /^The API answers 200 with a web page to GET \S+\. Another server than the API/],
      [new Error('timed out'), /^The API did not answer GET \S+: no answer \(timed out\)\. Is it started/],
      [answer(401), /^The API does not accept the authentication: GET \S+ says 401/],
    ];
    for (const [response, cause] of causes) {
      for (const look of [atBalance, atProduct]) expect.soft(await said(look, response)).toMatch(cause);
    }
  });

  test('API and database are two systems only where the API shows another row or knows of none', async () => {
    const other = answer(200, { userId: 7, balance: 9 });
    expect(await said(atBalance, answer(404, { code: 'U001' }))).toMatch(/^API and database are not the same system/);
    expect(await said((api) => assertSeeded(api, 7, 9, 'db/shop'), other)).toBe('nothing was thrown');
    const product = answer(200, { productId: 3, name: 'A', description: '', price: 1000, stock: 6, category: 'B' });
    expect(await said(atProduct, product)).toContain(
      'API and database are not the same system: a product at 1,000 won',
    );
    const noPath = await said(atBalance, answer(404, { error: 'Not Found' }));
    expect(noPath).toMatch(/^The API does not show a balance: 5,000 won were written .* says 404 unknown/);
    expect(noPath).toContain('npm run target:check');
  });

  test('balances and prices are said as the target writes them', async () => {
    const absent = answering(answer(404, { code: 'U001' }), inDecimals).api;
    expect(await messageOf(atBalance(absent))).toContain(': 50.00 were written for user 7 to db/shop, but GET');
    const product = { productId: 3, name: 'A', description: '', price: 9.5, stock: 6, category: 'B' };
    expect(await messageOf(atProduct(answering(answer(200, product), inDecimals).api))).toMatch(
      /a product at 10\.00 with 5 in stock .* says 9\.50 with 6 in stock/,
    );
  });

  test('health that answers 404 or moves is the cause of the next unexpected answer, and of none else', async () => {
    const oddOf = async (response: ReceivedResponse): Promise<string | undefined> =>
      assertHealthy(await answering(response).api.health(), 'http://shop');
    const odd = await oddOf(answer(404));
    expect(odd).toBe('Health answers 404 (GET http://shop/health): is the path of BASE_URL right?');
    expect(await oddOf(moved)).toContain('a redirect to https://shop.example/. Redirects are not followed');
    expect([await oddOf(answer(200)), await oddOf(page), await oddOf(answer(401))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);

    const blamed = (response: ReceivedResponse): Promise<string> =>
      messageOf(blamingHealth(odd, () => atBalance(answering(response).api)));
    expect(await blamed(answer(404, 'no'))).toBe(
      `${odd} After it, GET /api/users/7/balance was answered 404 unknown (no cause named): no.`,
    );
    expect(await blamed(answer(200, { userId: 7, balance: 5000 }))).toBe('nothing was thrown');
  });

  test('health that answers 5xx or not at all ends the run at once', async () => {
    const health = (response: ReceivedResponse | Error): Promise<string> =>
      messageOf(
        answering(response)
          .api.health()
          .then((exchange) => assertHealthy(exchange, 'http://shop')),
      );
    expect(await health(answer(503, 'down'))).toMatch(
      /^The API answers 503 to GET \/health: down \(BASE_URL is http:\/\/shop\)/,
    );
    expect(await health(new Error('refused'))).toMatch(/^No API answers at http:\/\/shop \(refused\)/);
  });
});
