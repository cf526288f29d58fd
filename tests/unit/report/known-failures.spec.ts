import { expect, test } from '@playwright/test';
import { knownFailures } from '../../../helpers/report/known-failures.ts';

test.describe('known failures', () => {
  test('tests that failed as expected are counted apart from those that passed', () => {
    expect(knownFailures([['promise'], []], 'minor')).toBe('');
    expect(knownFailures([['promise'], ['fail', 'accepted']], 'minor')).toBe(
      ', of which 1 failed as expected (accepted findings)',
    );
    expect(knownFailures([['accepted', 'below FAIL_ON'], ['below FAIL_ON'], []], 'major')).toBe(
      ', of which 2 failed as expected (accepted findings or findings below FAIL_ON=major)',
    );
  });
});
