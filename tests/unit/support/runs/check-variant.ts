import type { TestInfo } from '@playwright/test';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import type { Variant } from '../../../../fixtures/shops/reference/variants/variant.ts';
import { loadSettings } from '../../../../helpers/settings/settings.ts';
import { checkTargetHere, type CheckRun } from './run-target-check.ts';
import { withShop } from '../servers/with-shop.ts';

/** Checks a variant of the bundled shop, on a database of its own, with a profile. @param target default: its own. */
export async function checkVariant(
  { profile = 'reference', apply }: Variant,
  testInfo: TestInfo,
  target = profile,
): Promise<CheckRun> {
  const { database } = loadSettings();
  if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
  const name = `check-${testInfo.testId.slice(-12)}`;
  return withShop(apply(correctParts), name, database, ({ url, database: { host, port, user, password, name: own } }) =>
    checkTargetHere({
      environment: {
        ...{ BASE_URL: url, TARGET: target, DB_HOST: host, DB_PORT: String(port), DB_NAME: own },
        ...{ DB_USER: user, DB_PASSWORD: password },
      },
      folder: testInfo.outputPath(),
    }),
  );
}

/** Returns everything that a check found wrong, a line each. */
export const wrongIn = ({ report }: CheckRun): string[] =>
  (report?.steps ?? []).flatMap(({ title, misfits, failures }) => [
    ...misfits.map(({ problem, suggestion }) => `${title}: ${problem}: ${suggestion}`),
    ...failures.map(({ sentence }) => `${title}: ${sentence}`),
  ]);
