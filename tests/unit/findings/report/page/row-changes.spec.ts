import { expect, test } from '@playwright/test';
import { rowChanges } from '../../../../../helpers/findings/report/page/row-changes.ts';

test.describe('row changes', () => {
  test('rows are matched by their first column, and changed ones come first', () => {
    const tables = rowChanges({
      before: {
        accounts: [
          { userId: 1, balance: 500 },
          { userId: 2, balance: 70_000 },
          { userId: 3, balance: 1 },
        ],
      },
      after: {
        accounts: [
          { userId: 1, balance: 500 },
          { userId: 2, balance: 40_000 },
          { userId: 4, balance: 9 },
        ],
      },
    });
    expect(tables).toEqual([
      {
        name: 'accounts',
        columns: ['userId', 'balance'],
        rows: [
          {
            change: 'changed',
            cells: [
              { before: '2', after: '2' },
              { before: '70,000', after: '40,000', growth: -30_000 },
            ],
          },
          {
            change: 'gone',
            cells: [
              { before: '3', after: undefined },
              { before: '1', after: undefined },
            ],
          },
          {
            change: 'new',
            cells: [
              { before: undefined, after: '4' },
              { before: undefined, after: '9' },
            ],
          },
          {
            change: 'same',
            cells: [
              { before: '1', after: '1' },
              { before: '500', after: '500' },
            ],
          },
        ],
      },
    ]);
  });

  test('rows whose first column occurs twice are matched by the next column too', () => {
    const items = (quantity: number): object[] => [
      { orderId: 7, productId: 1, quantity: 1 },
      { orderId: 7, productId: 2, quantity },
    ];
    const [table] = rowChanges({ before: { items: items(1) }, after: { items: items(5) } });
    expect(table?.rows.map(({ change }) => change)).toEqual(['changed', 'same']);
  });

  test('column that was read only once has not changed', () => {
    const [table] = rowChanges({
      before: { accounts: [{ userId: 1, name: 'Kim', balance: 500 }] },
      after: { accounts: [{ userId: 1, balance: 400 }] },
    });
    expect(table?.rows[0]?.cells.slice(1)).toEqual([
      { before: 'Kim', after: 'Kim' },
      { before: '500', after: '400', growth: -100 },
    ]);
  });

  test('value that is no table of rows has no changes', () => {
    for (const odd of [
      undefined,
      null,
      'text',
      1,
      [],
      { accounts: 'none' },
      { accounts: [1, 'x', null] },
      { accounts: [] },
    ]) {
      expect(rowChanges({ before: odd, after: odd })).toEqual([]);
    }
    const proto: unknown = JSON.parse('{"__proto__": [{"id": 1, "__proto__": 2}]}');
    expect(() => rowChanges({ before: proto, after: {} })).not.toThrow();
  });
});
