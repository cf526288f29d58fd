import { expect, test } from '@playwright/test';
import { parseBenchOptions } from '../../../../helpers/load/bench/bench-options.ts';

test.describe('bench options', () => {
  test('wrong option is refused with what is allowed', () => {
    expect(() => parseBenchOptions(['--vus=10,x'])).toThrow('--vus has "x", allowed are whole numbers');
    expect(() => parseBenchOptions(['--drivers=jmeter'])).toThrow('--drivers has "jmeter", allowed are undici');
    expect(() => parseBenchOptions(['--rounds=0'])).toThrow('--rounds has "0"');
    expect(() => parseBenchOptions(['--iterations=100'])).toThrow('is less than the VUs');
    expect(() => parseBenchOptions(['--lengths=10'])).toThrow('fewer iterations than the 50 VUs');
    expect(() => parseBenchOptions(['--rouds=1'])).toThrow('--rouds');
  });
});
