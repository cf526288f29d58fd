import { expect, test } from '@playwright/test';
import { judgeAnswer } from '../../../../helpers/target-check/judge/judge-answer.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { inDecimals } from '../../support/examples/target-in-decimals.ts';
import { answer } from '../../support/servers/answering-api.ts';

/** Returns what is wrong with an answer that shows a balance of 7. */
const problemsOf = (profile: TargetProfile): string[] =>
  judgeAnswer('getBalance', answer(200, { userId: 1, balance: 7 }), profile, {
    fields: { userId: 1, balance: 1_050 },
  }).map(({ problem }) => problem);

test.describe('judged answer', () => {
  test('amount that should be another one is said as the target writes it', () => {
    expect(problemsOf(reference)).toEqual(['`balance` is 7, but it should be 1050']);
    expect(problemsOf(inDecimals)).toEqual(['`balance` is 7, but it should be 10.5']);
  });
});
