import { expect, test } from '@playwright/test';
import { retryingOnReference } from '../../../helpers/database/database-connection.ts';

/** As mysql2 says that something points at a row. */
class ReferencedError extends Error {
  readonly code = 'ER_ROW_IS_REFERENCED_2';
}

/** Fails so many times, then is done. */
const failing = (times: number, error: Error): (() => Promise<string>) => {
  let tries = 0;
  return () => {
    tries += 1;
    return tries > times ? Promise.resolve(`removed at the ${tries}th try`) : Promise.reject(error);
  };
};

test.describe('retry on foreign keys', () => {
  test('removal that a foreign key forbids 7 times succeeds at the 8th try', async () => {
    const removal = failing(7, new ReferencedError('a notice points at it'));
    expect(await retryingOnReference(removal)).toBe('removed at the 8th try');
  });

  test("removal that a foreign key forbids 8 times fails with the server's error", async () => {
    const removal = failing(8, new ReferencedError('a notice points at it'));
    await expect(retryingOnReference(removal)).rejects.toThrow('a notice points at it');
  });

  test('removal that fails for another reason is not retried', async () => {
    const removal = failing(1, new Error('gone away'));
    await expect(retryingOnReference(removal)).rejects.toThrow('gone away');
  });
});
