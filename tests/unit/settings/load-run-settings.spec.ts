import { expect, test } from '@playwright/test';
import { parseSettings } from '../../../helpers/settings/settings.ts';
import { complaint } from '../support/outputs/complaint.ts';
import { complaintsOf, expectedComplaintsOf, type RefusedValues } from '../support/outputs/refused-values.ts';

const wrong: readonly RefusedValues[] = [
  {
    name: 'LOAD_PROFILE',
    values: ['Smoke', '../smoke', 'smoke.ts', '1st'],
    allowed: 'the name of a file in tests/load/profiles, such as payment-process',
  },
  {
    name: 'LOAD_STAGES',
    values: ['100', '30s', '30s:', '30s:5,', '30:5', '0s:5', '30s:-5'],
    allowed: 'stages of duration:users, such as 30s:100,1m:100,30s:0',
  },
  { name: 'LOAD_VUS', values: ['0', '-1', '1.5', '20001', 'ten'], allowed: 'a whole number from 1 to 20000' },
  { name: 'LOAD_DURATION', values: ['0s', '30', '-5s', 'x'], allowed: 'a duration such as 90s, 1m30s or 500ms' },
  { name: 'LOAD_ITERATIONS', values: ['0', '1e6', '1000000001'], allowed: 'a whole number from 1 to 1000000000' },
  { name: 'LOAD_RATE', values: ['0', '0.5', '100001'], allowed: 'a whole number from 1 to 100000' },
  {
    name: 'LOAD_AMOUNTS',
    values: ['0', '-5', '1.5', '10000,', '10000 20000', '10,000won', '1e4'],
    allowed: 'amounts in won, such as 10000,20000,50000',
  },
  { name: 'LOAD_PAUSE_MS', values: ['-1', '1s', '600001'], allowed: 'a whole number from 0 to 600000' },
  { name: 'LOAD_GAP_MS', values: ['-1', '0.5', '60001'], allowed: 'a whole number from 0 to 60000' },
  { name: 'LOAD_ITERATION_MS', values: ['0', 'fast', '600001'], allowed: 'a whole number from 1 to 600000' },
  {
    name: 'LOAD_THRESHOLDS',
    values: ['errors', 'errors:rate', 'errors<0.1', 'http_req_duration:p95<1000'],
    allowed: 'thresholds of metric:expression, such as http_req_duration:p(95)<1000,errors:rate<0.1',
  },
  { name: 'LOAD_TRANSPORT', values: ['fetch', 'Undici'], allowed: 'undici or playwright' },
  { name: 'SEED', values: ['yes', 'ON', '1'], allowed: 'on or off' },
  {
    name: 'USER_IDS',
    values: ['5-1', '1,,2', ',', '1 2', '1-200000'],
    allowed: 'ids such as 1-100, or 3,5,9-12, or UUIDs with commas between',
  },
  {
    name: 'PRODUCT_IDS',
    values: ['9-3', '3,,4', '3, 4 5'],
    allowed: 'ids such as 1-100, or 3,5,9-12, or UUIDs with commas between',
  },
];

const nearMisses: Readonly<Record<string, string>> = {
  LOAD_VU: 'LOAD_VUS',
  LOAD_STAGE: 'LOAD_STAGES',
  LOAD_ITERATION: 'LOAD_ITERATIONS',
  LOAD_THRESHOLD: 'LOAD_THRESHOLDS',
  LOAD_AMOUNT: 'LOAD_AMOUNTS',
  LOAD_PAUSEMS: 'LOAD_PAUSE_MS',
  load_rate: 'LOAD_RATE',
};

const exclusive = 'LOAD_STAGES already sets users and durations';

test.describe('load settings', () => {
  test('threshold on an unknown metric is refused with a suggestion', () => {
    expect(() => parseSettings({ LOAD_THRESHOLDS: 'error:rate<0.1' })).toThrow(
      /^LOAD_THRESHOLDS is "error:rate<0\.1", allowed is thresholds on metrics .*\(did you mean errors\?\)/,
    );
  });

  test('empty environment leaves everything but the transport to the load profile', () => {
    expect(parseSettings({}).load).toEqual({ transport: 'undici' });
  });

  test('every given load setting is read', () => {
    const environment = {
      LOAD_PROFILE: 'payment-process',
      LOAD_VUS: '20000',
      LOAD_DURATION: '1m30s',
      LOAD_RATE: '250',
      LOAD_AMOUNTS: '10000, 50000',
      LOAD_PAUSE_MS: '0',
      LOAD_GAP_MS: '0',
      LOAD_ITERATION_MS: '1200',
      LOAD_THRESHOLDS: 'errors:rate<0.1',
      LOAD_TRANSPORT: 'playwright',
      LOAD_REPORT_DIR: 'reports/load',
      SEED: 'off',
      USER_IDS: '1-100',
      PRODUCT_IDS: ' 7 ',
    };
    expect(parseSettings(environment).load).toEqual({
      profile: 'payment-process',
      vus: 20_000,
      durationMs: 90_000,
      rate: 250,
      amounts: [10_000, 50_000],
      pauseMs: 0,
      gapMs: 0,
      iterationMs: 1200,
      thresholds: [{ metric: 'errors', expression: 'rate<0.1' }],
      transport: 'playwright',
      reportFolder: 'reports/load',
      seed: false,
      userIds: { first: 1, last: 100 },
      productIds: { first: 7, last: 7 },
    });
  });

  test('stages, iterations and SEED=on are read', () => {
    expect(parseSettings({ LOAD_STAGES: '30s:100,1m:100' }).load).toMatchObject({
      stages: [
        { durationMs: 30_000, vus: 100 },
        { durationMs: 60_000, vus: 100 },
      ],
    });
    expect(parseSettings({ LOAD_ITERATIONS: '1000000000', LOAD_VUS: '1', SEED: 'on' }).load).toMatchObject({
      iterations: 1_000_000_000,
      vus: 1,
      seed: true,
    });
  });

  test('wrong value is refused with the variable, the value and what is allowed', () => {
    expect(wrong.map(complaintsOf)).toEqual(wrong.map(expectedComplaintsOf));
  });

  test('blank load settings count as unset', () => {
    const blank = Object.fromEntries(wrong.map(({ name }) => [name, ' ']));
    expect(parseSettings(blank).load).toEqual(parseSettings({}).load);
  });

  test('LOAD_STAGES excludes users, duration, iterations and rate, but not pauses', () => {
    const others = { LOAD_VUS: '5', LOAD_DURATION: '30s', LOAD_ITERATIONS: '100', LOAD_RATE: '10' };
    for (const [name, value] of Object.entries(others))
      expect.soft(complaint({ LOAD_STAGES: '30s:5', [name]: value }), name).toContain(exclusive);
    expect(complaint({ LOAD_STAGES: '30s:5', LOAD_PAUSE_MS: '5' })).toBe('');
  });

  test('LOAD_RATE and LOAD_ITERATIONS exclude each other', () => {
    expect(complaint({ LOAD_RATE: '10', LOAD_ITERATIONS: '100' })).toBe(
      'LOAD_RATE and LOAD_ITERATIONS exclude one another: unset one of the two.',
    );
    expect(complaint({ LOAD_RATE: '10', LOAD_DURATION: '30s', LOAD_VUS: '20' })).toBe('');
    expect(complaint({ LOAD_ITERATIONS: '100', LOAD_VUS: '20' })).toBe('');
  });

  test('misspelled load setting is refused with the name that is meant', () => {
    for (const [name, meant] of Object.entries(nearMisses))
      expect.soft(complaint({ [name]: '1' }), name).toContain(`Did you mean ${meant}?`);
  });
});
