import { expect, test } from '@playwright/test';
import { verdictText } from '../../../../helpers/target-check/report/verdict-text.ts';

const clean = { misfits: 0, failures: 0, interrupted: false, database: '127.0.0.1:3306/shop' };

test.describe('verdict of a target check', () => {
  test('profile fits only where there was a database to compare it with', () => {
    const { database, ...withoutDatabase } = clean;
    expect(verdictText({ ...withoutDatabase, database })).toBe('the profile fits');
    expect(verdictText(withoutDatabase)).toBe('no misfit so far; the rest needs the database, set DB_HOST');
  });

  test('misfits and failures are counted apart', () => {
    expect(verdictText({ ...clean, misfits: 1 })).toBe('1 misfit');
    expect(verdictText({ ...clean, failures: 2 })).toBe('no misfit, but the API failed 2 times');
    expect(verdictText({ ...clean, misfits: 2, failures: 1 })).toBe('2 misfits, and the API failed once');
  });
});
