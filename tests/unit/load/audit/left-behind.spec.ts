import { expect, test } from '@playwright/test';
import { leftBehind, type Marked } from '../../../../helpers/load/audit/left-behind.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** Returns 2 accounts with a number of paid orders of 10,000 won each. */
const marked = (orders: number, newestOrder: Marked['newestOrder']): Marked => ({
  books: {
    accounts: [7, 9].map((userId) => ({ userId, balance: 0, orders, payments: orders, paid: orders * 10_000 })),
    products: [],
  },
  newestOrder,
});

const leftOf = (before: Marked, after: Marked, made: number): string[] =>
  leftBehind(reference, [7, 9], before, after, made);

test.describe('left behind', () => {
  test('orders in a range of the run alone are reported with SQL that removes them and nothing else', () => {
    const [said, own, ...statements] = leftOf(marked(1, 40), marked(6, 52), 10);
    expect(said).toMatch(/^10 orders, 10 of them paid with 100,000 won in all, are new on users 7-9 and stay there/);
    expect(said).toMatch(/keys of this run begin with load-[\w-]{12}-$/);
    expect(own).toContain('all of them are its own');
    const range = 'FROM `orders` WHERE `user_id` BETWEEN 7 AND 9 AND `id` > 40 AND `id` <= 52';
    expect(statements).toEqual([
      `DELETE FROM \`payments\` WHERE \`order_id\` IN (SELECT \`id\` ${range});`,
      `DELETE FROM \`order_items\` WHERE \`order_id\` IN (SELECT \`id\` ${range});`,
      `DELETE ${range};`,
    ]);
  });

  test('orders mixed with those of others, or without ascending ids, are reported without SQL', () => {
    const others = leftOf(marked(1, 40), marked(6, 52), 9);
    expect(others).toHaveLength(2);
    expect(others[1]).toContain('this run was answered 9 orders, so others ordered');
    expect(leftOf(marked(1, undefined), marked(6, undefined), 10)).toHaveLength(1);
  });

  test('run that ordered nothing leaves nothing, and SQL without an earlier order starts at id 0', () => {
    expect(leftOf(marked(1, 40), marked(1, 40), 0)).toEqual([]);
    expect(leftOf(marked(0, undefined), marked(2, 4), 4)[2]).toContain('`id` > 0 AND `id` <= 4');
  });
});
