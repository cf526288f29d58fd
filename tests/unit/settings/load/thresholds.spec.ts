import { expect, test } from '@playwright/test';
import type { Metric } from '../../../../helpers/load/measure/load-summary.ts';
import { evaluateThreshold } from '../../../../helpers/load/measure/evaluate-threshold.ts';
import { parseThresholds } from '../../../../helpers/settings/load/thresholds.ts';

const metrics: Readonly<Record<string, Metric>> = {
  http_req_duration: { type: 'trend', n: 4, avg: 25, min: 10, med: 20, max: 40, p90: 40, p95: 40, p99: 40 },
  errors: { type: 'rate', n: 200, passes: 20, fails: 180, rate: 0.1 },
  iterations: { type: 'counter', n: 200, count: 200, rate: 50 },
  http_req_failed: { type: 'rate', n: 0, passes: 0, fails: 0 },
  idempotency_conflicts: { type: 'counter', n: 0, count: 0, rate: 0 },
};

const asked: number[] = [];

const resultOf = (metric: string, expression: string) =>
  evaluateThreshold({ metric, expression }, metrics, (_, percentile) => {
    asked.push(percentile);
    return percentile / 2;
  });

test.describe('load thresholds', () => {
  test('thresholds are read in the expressions of k6, separated by commas or semicolons', () => {
    expect(parseThresholds('http_req_duration:p(95)<1000, errors:rate<0.1; iterations : count >= 5')).toEqual([
      { metric: 'http_req_duration', expression: 'p(95)<1000' },
      { metric: 'errors', expression: 'rate<0.1' },
      { metric: 'iterations', expression: 'count>=5' },
    ]);
    expect(parseThresholds('a:p(99.9)<=2.5,b:avg>1,c:min>0,d:max!=3,e:med==4,f:count===0,g:rate<-1')).toHaveLength(7);
    expect(parseThresholds('')).toEqual([]);
  });

  test('malformed threshold is read as undefined', () => {
    const wrong = ['errors', 'errors:', ':rate<1', 'errors:rate', 'errors:rate<', 'errors:rate<x', 'errors:p95<1'];
    for (const text of [
      ...wrong,
      'errors:p(101)<1',
      'errors:p()<1',
      'errors:rate=1',
      'errors:rate<1 foo',
      'a b:rate<1',
    ])
      expect.soft(parseThresholds(text), text).toBeUndefined();
  });

  test('one malformed threshold makes the whole list undefined', () => {
    expect(parseThresholds('errors:rate<0.1,errors:rat<0.1')).toBeUndefined();
  });

  test('every comparison operator passes and fails as it reads', () => {
    const held = ['<11', '<=10', '>9', '>=10', '==10', '===10', '!=11'].map((rest) => `min${rest}`);
    const missed = ['<10', '<=9.9', '>10', '>=10.1', '==11', '===11', '!=10'].map((rest) => `min${rest}`);
    expect(held.map((expression) => resultOf('http_req_duration', expression).result)).toEqual(held.map(() => 'pass'));
    expect(missed.map((expression) => resultOf('http_req_duration', expression).result)).toEqual(
      missed.map(() => 'fail'),
    );
  });

  test('every aggregation yields its value', () => {
    const value = (metric: string, expression: string) => resultOf(metric, expression).value;
    expect(['avg', 'min', 'med', 'max'].map((name) => value('http_req_duration', `${name}<0`))).toEqual([
      25, 10, 20, 40,
    ]);
    expect([value('errors', 'rate<1'), value('iterations', 'count<1'), value('iterations', 'rate<1')]).toEqual([
      0.1, 200, 50,
    ]);
  });

  test('any percentile is taken from the samples themselves', () => {
    asked.length = 0;
    expect(resultOf('http_req_duration', 'p(99.9)<50')).toEqual({
      metric: 'http_req_duration',
      expression: 'p(99.9)<50',
      n: 4,
      value: 49.95,
      result: 'pass',
    });
    expect(asked).toEqual([99.9]);
  });

  test('threshold without samples is not measured, neither passed nor failed', () => {
    const expected = { n: 0, result: 'not measured' };
    expect(resultOf('http_req_failed', 'rate<0.1')).toMatchObject(expected);
    expect(resultOf('idempotency_conflicts', 'count<1')).toMatchObject(expected);
    expect(resultOf('no_such_metric', 'count<1')).toMatchObject(expected);
  });

  test('aggregation that a metric does not have is not measured', () => {
    expect(resultOf('errors', 'avg<1').result).toBe('not measured');
    expect(resultOf('iterations', 'p(95)<1').result).toBe('not measured');
    expect(resultOf('http_req_duration', 'count<1').result).toBe('not measured');
  });
});
