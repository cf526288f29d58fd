import { expect, test } from '@playwright/test';
import { parseMatrixOptions } from '../../../helpers/mutation/matrix-options.ts';

test.describe('matrix options', () => {
  test('try everything once when nothing is said', () => {
    expect(parseMatrixOptions([])).toMatchObject({
      only: [],
      races: false,
      repeat: 1,
      allKillers: false,
    });
  });

  test('choose by name and by family', () => {
    const options = parseMatrixOptions(['--only=oversell', '--only=slow-payments', '--family=variants']);
    expect(options).toMatchObject({ only: ['oversell', 'slow-payments'], family: 'variants' });
  });

  for (const { args, said } of [
    { args: ['--only=overselll'], said: '--only is "overselll", but no fault and no variant has that name' },
    { args: ['--family=mony'], said: '--family is "mony", allowed are' },
    { args: ['--workers=0'], said: '--workers is "0", allowed is a whole number from 1' },
    { args: ['--repeat=often'], said: '--repeat is "often", allowed is a whole number from 1' },
    { args: ['--jobs=2'], said: "Unknown option '--jobs'" },
    { args: ['--nonsense'], said: "Unknown option '--nonsense'" },
  ]) {
    test(`say what is allowed instead of ${args.join(' ')}`, () => {
      expect(() => parseMatrixOptions(args)).toThrow(said);
    });
  }
});
