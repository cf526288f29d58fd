import { expect, test } from '@playwright/test';
import { fewAtOnce } from '../../../../helpers/load/prepare/few-at-once.ts';

test.describe('few at once', () => {
  test('fewAtOnce works on at most 3 items at once, in order, and begins none after an error', async () => {
    let [inFlight, maxInFlight, begun] = [0, 0, 0];
    const work = async (item: number): Promise<number> => {
      begun += 1;
      inFlight += 1;
      maxInFlight = Math.max(maxInFlight, inFlight);
      await Promise.resolve();
      inFlight -= 1;
      expect(item).not.toBe(20);
      return item * 2;
    };
    expect(await fewAtOnce([1, 2, 3, 4, 5, 6, 7], 3, work)).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(maxInFlight).toBe(3);
    begun = 0;
    await expect(fewAtOnce([20, 1, 1, 1, 1, 1, 1, 1, 1, 1], 2, work)).rejects.toThrow('20');
    expect(begun).toBeLessThan(5);
  });
});
