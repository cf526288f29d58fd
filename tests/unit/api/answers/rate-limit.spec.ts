import { expect } from '../../../../fixtures/expect.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { RateLimit, retryAfterMs, TooManyRequests } from '../../../../helpers/api/answers/rate-limit.ts';
import type { ReceivedResponse } from '../../../../helpers/api/answers/exchange.ts';
import { answer } from '../../support/servers/answering-api.ts';
import { startGateway, type OwnAnswer } from '../../support/servers/gateway.ts';
import type { RowDataPacket } from 'mysql2/promise';
import { readFindings } from '../../../../helpers/findings/accepted/read-findings.ts';
import { test } from '../../support/servers/own-database.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { runScenarios } from '../../support/runs/run-suite.ts';
import { checkTargetHere } from '../../support/runs/run-target-check.ts';
import { suiteEnvironment } from '../../support/runs/suite-environment.ts';
import { expectNothingFound, tryTarget } from '../../support/runs/try-target.ts';

const tooManyFor = (seconds: number): OwnAnswer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: '{"message":"Too Many Requests"}',
});

/** Returns a limit that lets one of so many requests wait for a second, however fast they come. */
const oneIn = (most: number): (() => OwnAnswer | undefined) => {
  let seen = 0;
  return () => ((seen += 1) % most === 0 ? tooManyFor(1) : undefined);
};

/** Returns a limit that lets in so many requests and no more for an hour. */
const noMoreThan = (most: number): (() => OwnAnswer | undefined) => {
  let seen = 0;
  return () => ((seen += 1) > most ? tooManyFor(3600) : undefined);
};

const request = { method: 'GET', path: '/', headers: {} };

/** Returns a transport that answers with these in turn, the last one again and again. */
const answering = (...answers: readonly ReceivedResponse[]) => {
  let sent = 0;
  return {
    send: () => Promise.resolve(answers[Math.min((sent += 1), answers.length) - 1] ?? answer(200)),
    sent: () => sent,
  };
};

const tooMany = (retryAfter?: string): ReceivedResponse => ({
  ...answer(429),
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

test.describe('API that lets in only so many requests', () => {
  test.describe.configure({ timeout: 180_000 });

  test('Retry-After is read in seconds and as a date by the clock of the API', () => {
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    expect(retryAfterMs({ 'retry-after': '2' })).toBe(2000);
    expect(retryAfterMs({ 'retry-after': 'Wed, 21 Oct 2026 07:28:03 GMT', date })).toBe(3000);
    expect(retryAfterMs({ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date })).toBe(0);
    expect(retryAfterMs({ 'retry-after': 'soon' })).toBeUndefined();
    expect(retryAfterMs({})).toBeUndefined();
  });

  test('request is sent again after the wait, which is counted and no part of the answer', async () => {
    const rateLimit = new RateLimit({ maxWaitMs: 5000 });
    const transport = answering(tooMany('0'), tooMany('0.1'), answer(200, { fine: true }));
    const came = await rateLimit.around(transport).send(request);
    expect([came.status, came.body, transport.sent()]).toEqual([200, '{"fine":true}', 3]);
    expect(came.waitedMs).toBeGreaterThanOrEqual(100);
    expect([rateLimit.waits, rateLimit.waitedMs]).toEqual([2, 100]);
  });

  test('wait beyond the bound is not begun, and says what to raise', async () => {
    const asking = answering(tooMany('300'));
    const send = new RateLimit({ maxWaitMs: 30_000 }).around(asking).send(request);
    await expect(send).rejects.toThrow(TooManyRequests);
    await expect(send).rejects.toThrow(/429 to GET \/: .*come again in 300 s\. .*RATE_LIMIT_WAIT_MS \(30000\)/);
    expect(asking.sent()).toBe(1);
    const silent = new RateLimit({ maxWaitMs: 0 }).around(answering(tooMany())).send(request);
    await expect(silent).rejects.toThrow('it lets in fewer requests than the run sends. Raise');
  });

  test('429 that a profile promises for a refusal is an answer like any other', async () => {
    const rateLimit = new RateLimit({ maxWaitMs: 5000, promisedStatuses: [409, 429] });
    expect((await rateLimit.around(answering(tooMany('1'))).send(request)).status).toBe(429);
    expect(rateLimit.waits).toBe(0);
  });

  test('scenarios, check and load run wait, say so, and find nothing', async ({ database }, testInfo) => {
    const shop = await startShop({ database });
    const { url, close } = await startGateway(shop.url, { answer: oneIn(25) });
    try {
      const place = { folder: testInfo.outputPath('run'), url, database };
      const tried = await tryTarget({
        ...place,
        scenarios: ['in-flight-other-key', 'client-disconnect', 'concurrent-duplicates.race', 'key-reuse'],
      });
      expectNothingFound(tried);
      const said = /The API answered 429 [\d,]+ times?; requests waited \d+\.\d s for it, and nothing was concluded/;
      expect(tried.run.terminal).toMatch(said);
      expect(tried.check.output).toMatch(said);
      expect(tried.check.files).toMatch(said);
      expect(tried.load.counters.rate_limit_waits).toBeGreaterThan(0);
      // What was waited is no part of how long the API took.
      const { http_req_duration: duration } = tried.load.metrics;
      expect(duration?.type === 'trend' ? duration.max : undefined).toBeLessThan(900);
    } finally {
      close();
      await shop.close();
    }
  });

  test('limit that asks to wait for too long is BLOCKED once in every kind of run, and nothing fails', async ({
    database,
    pool,
  }, testInfo) => {
    const shop = await startShop({ database });
    const behind = async <Result>(work: (url: string) => Promise<Result>): Promise<Result> => {
      const { url, close } = await startGateway(shop.url, { answer: noMoreThan(25) });
      return work(url).finally(close);
    };
    const blocked = /The API answers 429 to \S+ \S+: .* asks to come again in 3600 s/;
    const folder = testInfo.outputPath('run');
    try {
      const run = await behind((url) =>
        runScenarios(['order-view', 'key-reuse', 'top-ups'], { folder, url, database }),
      );
      expect(run.terminal).toMatch(/\nBLOCKED: [1-9]\d* passed, 0 failed, [1-9]\d* not run/);
      expect(run.terminal.split(/\nBLOCKED: The API answers 429/)).toHaveLength(2);
      expect(run.exitCode).toBe(1);
      const findings = readFindings(testInfo.outputPath('run', 'findings', 'findings.json'));
      expect([findings.verdict, findings.findings]).toEqual(['BLOCKED', []]);
      const check = await behind((url) =>
        checkTargetHere({
          folder: testInfo.outputPath('check'),
          environment: suiteEnvironment({ folder, url, database }),
        }),
      );
      expect([check.exitCode, check.output]).toEqual([3, expect.stringMatching(blocked)]);
      const load = await behind((url) => runLoadHere({ folder, url, database }, { LOAD_PROFILE: 'smoke' }));
      expect([load.verdict, load.reason, load.refusals]).toEqual(['BLOCKED', expect.stringMatching(blocked), []]);
      const [[left]] = await pool.query<(RowDataPacket & { accounts: number })[]>(
        "SELECT COUNT(*) AS accounts FROM users WHERE email LIKE 'opl-%'",
      );
      expect(left?.accounts).toBe(0);
    } finally {
      await shop.close();
    }
  });
});
