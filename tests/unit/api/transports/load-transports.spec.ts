import { expect } from '../../../../fixtures/expect.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { causeOf } from '../../../../helpers/load/measure/cause-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { get, loadTransportNames, oneMegabyte, packed, post, test } from '../../support/servers/transport-server.ts';

test.describe('load transports', () => {
  test('compressed answers are unpacked although nobody asked for them', async ({ server, transportOf }) => {
    for (const name of loadTransportNames) {
      const transport = await transportOf(name, server.url);
      for (const path of ['/gzip', '/br', '/deflate'])
        expect.soft((await transport.send(get(path))).body, `${name} ${path}`).toBe(packed);
      expect.soft(await transport.send(get('/no-body')), name).toMatchObject({ status: 409, body: '' });
      await expect.soft(transport.send(get('/broken-gzip')), name).rejects.toThrow();
    }
  });

  test('pool accepts an answer of 1 MB and refuses a longer one, compressed or not', async ({
    server,
    transportOf,
  }) => {
    const transport = await transportOf('pool', server.url);
    expect((await transport.send(get('/megabyte'))).body).toHaveLength(oneMegabyte);
    await expect(transport.send(get('/more'))).rejects.toThrow('the answer is longer than 1000000 bytes');
    await expect(transport.send(get('/endless'))).rejects.toThrow('the answer is longer than 1000000 bytes');
    await expect(transport.send(get('/bomb'))).rejects.toThrow(/larger than 1000000 bytes/);
    expect((await transport.send(post('after'))).body).toBe('echo after');
  });

  test('pool rejects a trickling answer and queued requests at the time-out', async ({ server, transportOf }) => {
    const transport = await transportOf('pool', server.url, 300);
    const start = performance.now();
    await expect(transport.send(get('/trickle'))).rejects.toThrow('timed out: no whole answer within 300 ms');
    expect(performance.now() - start).toBeLessThan(3000);
    // 3 requests over 2 connections: the last one spends its time waiting for a connection.
    const waiting = ['/never', '/never', '/api/orders'].map((path) => transport.send(get(path)));
    const answers = await Promise.allSettled(waiting);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await transport.send(post('after'))).body).toBe('echo after');
    expect(server.requests.map(({ url }) => url)).toEqual(['/trickle', '/never', '/never', '/api/orders']);
  });

  test('endless answer is an unknown outcome with the cause answer-too-large', async ({ server, transportOf }) => {
    const transport = await transportOf('pool', server.url);
    const { health } = reference.endpoints;
    for (const path of ['/endless', '/more', '/bomb']) {
      const profile = { ...reference, endpoints: { ...reference.endpoints, health: { ...health, path } } };
      const exchange = await new ShopApi({ profile, transport }).health();
      expect.soft(exchange.outcome, path).toBe('unknown');
      expect.soft(causeOf(exchange), path).toBe('answer-too-large');
    }
  });

  test('pool keeps its connections and opens no more than its limit', async ({ server, transportOf }) => {
    const transport = await transportOf('pool', server.url);
    await Promise.all(Array.from({ length: 20 }, () => transport.send(post('{}'))));
    expect(server.requests).toHaveLength(20);
    expect(server.connections).toHaveLength(2);
  });
});
