import { expect, test } from '@playwright/test';
import { valuesOfCheck } from '../../../../helpers/database/structure/checked-values.ts';

test.describe('values that a check allows', () => {
  for (const [name, clause, values] of [
    ['MariaDB', String.raw`"status" in ('A','it\'s, (B)')`, ['A', "it's, (B)"]],
    ['MariaDB, of one value', `"status" = 'A'`, ['A']],
    ['MySQL', String.raw`("status" in (_utf8mb4\'A\',_utf8mb4\'it\\\'s\'))`, ['A', "it's"]],
    // The bytes of a letter are told as letters.
    ['MySQL, in Korean', String.raw`("status" in (_utf8mb4\'${Buffer.from('결제').toString('latin1')}\'))`, ['결제']],
    ['MySQL, of one value', String.raw`("status" = _utf8mb4\'A\')`, ['A']],
    ['doubled quotes', `"status" in ('it''s')`, ["it's"]],
  ] as const) {
    test(`are read as ${name} writes them`, () => {
      expect(valuesOfCheck(clause.replaceAll('"', '`'))).toEqual({ column: 'status', values });
    });
  }

  for (const clause of [
    `"status" in ('A') or "amount" = 1`,
    `"status" not in ('A')`,
    `lower("status") in ('a')`,
    `"amount" in (1,2)`,
    `"status" in ('A',"other")`,
    `("status" in ('A')) or ("other" in ('B'))`,
    `"status" = 'A' or "status" = 'B'`,
    `"status" = "other"`,
  ]) {
    test(`are unknown of ${clause}`, () => {
      expect(valuesOfCheck(clause.replaceAll('"', '`'))).toBeUndefined();
    });
  }
});
