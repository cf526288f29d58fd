import { expect, test } from '@playwright/test';
import { retryingOnReference } from '../../../../helpers/database/connection/database-connection.ts';

/** The error of mysql2 for a row that a foreign key references. */
class ReferencedError extends Error {
  readonly code = 'ER_ROW_IS_REFERENCED_2';
}

/** Returns a removal that fails a number of times and then succeeds. */
const failing = (times: number, error: Error): (() => Promise<string>) => {
  let tries = 0;
  return () => {
    tries += 1;
    return tries > times ? Promise.resolve(`removed at the ${tries}th try`) : Promise.reject(error);
  };
};

test.describe('retry on foreign keys', () => {
  test('removal that a foreign key forbids 7 times succeeds at the 8th try', async () => {
    const removal = failing(7, new ReferencedError('a notice references it'));
    expect(await retryingOnReference(removal)).toBe('removed at the 8th try');
  });

  test("removal that a foreign key forbids 8 times fails with the server's error", async () => {
    const removal = failing(8, new ReferencedError('a notice references it'));
    await expect(retryingOnReference(removal)).rejects.toThrow('a notice references it');
  });

  test('removal that fails for another reason is not retried', async () => {
    const removal = failing(1, new Error('gone away'));
    await expect(retryingOnReference(removal)).rejects.toThrow('gone away');
  });
});
