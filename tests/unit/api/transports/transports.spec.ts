import { expect } from '../../../../fixtures/expect.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { causeOf } from '../../../../helpers/load/measure/cause-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { get, packed, post, test, transportNames } from '../../support/servers/transport-server.ts';

test.describe('transports', () => {
  for (const name of transportNames) {
    test(`${name} transport sends a body byte for byte, well-formed or not`, async ({ server, transportOf }) => {
      const bodies = [
        '{"userId": 1,',
        '{ "a" : 1.0 }',
        '"text"',
        'null',
        '',
        '한글 \u0000 é',
        '1',
        'x'.repeat(100_000),
      ];
      const transport = await transportOf(name, server.url);
      for (const body of bodies) await transport.send(post(body));
      expect(server.requests.map(({ body }) => body)).toEqual(bodies);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        url: '/api/orders',
        headers: { 'content-type': 'application/json', 'x-key': 'k' },
      });
    });

    test(`${name} transport sends every method below the path of the base URL`, async ({ server, transportOf }) => {
      const transport = await transportOf(name, `${server.url}/v1`);
      await transport.send(get('/api/orders/a%2Fb'));
      expect(server.requests.pop()).toMatchObject({ method: 'GET', url: '/v1/api/orders/a%2Fb', body: '' });
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        await transport.send({ ...post('{}'), method });
        expect(server.requests.pop()).toMatchObject({ method, url: '/v1/api/orders', body: '{}' });
      }
    });

    test(`${name} transport returns status, headers with lower-case names, and body`, async ({
      server,
      transportOf,
    }) => {
      const transport = await transportOf(name, server.url);
      expect(await transport.send(post('{"이름": 1}'))).toMatchObject({
        status: 200,
        body: 'echo {"이름": 1}',
        headers: { 'x-mixed-case': 'Kept', 'x-twice': 'a, b' },
      });
      expect(await transport.send(get('/empty'))).toMatchObject({ status: 204, body: '' });
      expect(await transport.send(get('/gzip-if-accepted'))).toMatchObject({ status: 200, body: packed });
    });

    test(`${name} transport returns a redirect and does not follow it`, async ({ server, transportOf }) => {
      const answer = await (await transportOf(name, server.url)).send(get('/moved'));
      expect(answer).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
      expect(server.requests.map(({ url }) => url)).toEqual(['/moved']);
    });

    test(`${name} transport fails when no whole answer comes within the time-out`, async ({ server, transportOf }) => {
      const transport = await transportOf(name, server.url, 150);
      for (const path of ['/never', '/stalled']) await expect(transport.send(get(path))).rejects.toThrow(/time/i);
      expect(server.requests).toHaveLength(2);
      const { health } = reference.endpoints;
      const profile = { ...reference, endpoints: { ...reference.endpoints, health: { ...health, path: '/never' } } };
      expect(causeOf(await new ShopApi({ profile, transport }).health())).toBe('time-out');
    });

    test(`${name} transport fails on a broken connection and does not send the request again`, async ({
      server,
      transportOf,
    }) => {
      const transport = await transportOf(name, server.url);
      await expect(transport.send({ ...post('{}'), path: '/reset' })).rejects.toThrow();
      await expect(transport.send(get('/cut'))).rejects.toThrow();
      expect(server.requests.map(({ url }) => url)).toEqual(['/reset', '/cut']);
      expect((await transport.send(post('after'))).body).toBe('echo after');
    });

    test(`${name} transport reports a refused connection as ECONNREFUSED`, async ({ transportOf }) => {
      // Nothing listens on the discard port.
      const transport = await transportOf(name, 'http://127.0.0.1:9');
      await expect(transport.send(get('/'))).rejects.toThrow(/ECONNREFUSED/);
    });
  }

  test('playwright transport reuses the connections of concurrent requests', async ({ server, transportOf }) => {
    const transport = await transportOf('playwright', server.url);
    await Promise.all(Array.from({ length: 30 }, () => transport.send(get('/a'))));
    await Promise.all(Array.from({ length: 30 }, () => transport.send(get('/b'))));
    expect(server.requests).toHaveLength(60);
    // A connection that has just become free may be overlooked.
    expect(server.connections.length).toBeLessThan(45);
  });

  test('new-connection transport opens a connection per request and closes it afterwards', async ({
    server,
    transportOf,
  }) => {
    const transport = await transportOf('new-connection', server.url);
    await Promise.all([transport.send(get('/a')), transport.send(get('/b'))]);
    await transport.send(get('/c'));
    expect(server.connections).toHaveLength(3);
    await expect.poll(() => server.connections.filter((socket) => !socket.closed)).toEqual([]);
  });
});
