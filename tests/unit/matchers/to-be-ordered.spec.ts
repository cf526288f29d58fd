import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { failureOf, lost, malformed, ordered, refused } from '../support/examples/exchange-examples.ts';

const expected = { userId: 1, lines: [{ productId: 3, quantity: 1, price: 50_000 }] };

const keyboard = { productId: 3, productName: 'Keyboard', quantity: 1, unitPrice: 50_000, subtotal: 50_000 };
const mouse = { productId: 4, productName: 'Mouse', quantity: 2, unitPrice: 10_000, subtotal: 20_000 };
const both = { items: [keyboard, mouse], subtotalAmount: 70_000, totalAmount: 70_000 };
const bothLines = [...expected.lines, { productId: 4, quantity: 2, price: 10_000 }];

const problemsIn = (failure: string): string[] =>
  failure.split('\n').flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []));

test.describe('toBeOrdered', () => {
  test('toBeOrdered passes for exactly the expected order', () => {
    expect(ordered()).toBeOrdered(expected);
    expect(ordered({ ...both, items: [mouse, keyboard] })).toBeOrdered({ userId: 1, lines: bothLines });
    expect(ordered({ status: 'COMPLETED' })).toBeOrdered({ ...expected, status: 'paid' });
    expect(ordered({ status: 'CANCELLED' })).toBeOrdered({ ...expected, status: 'cancelled' });
  });

  test('toBeOrdered accepts a product ordered in 2 lines as 2 lines or as 1', () => {
    const twice = { userId: 1, lines: [...expected.lines, ...expected.lines] };
    const sums = { subtotalAmount: 100_000, totalAmount: 100_000 };
    expect(ordered({ ...sums, items: [keyboard, keyboard] })).toBeOrdered(twice);
    expect(ordered({ ...sums, items: [{ ...keyboard, quantity: 2, subtotal: 100_000 }] })).toBeOrdered(twice);
    expect(ordered()).not.toBeOrdered(twice);
  });

  test('toBeOrdered takes a discount off the subtotal', () => {
    expect(ordered({ discountAmount: 5000, totalAmount: 45_000 })).toBeOrdered(expected);
  });

  const otherPrice = { ...keyboard, unitPrice: 40_000, subtotal: 40_000 };
  const wrongSum = { ...keyboard, subtotal: 1 };

  const deviations = [
    ['a refusal', refused('createOrder', 409, { code: 'P002' }), ['there is no order']],
    ['a malformed answer', malformed('createOrder', '{}', 'orderId: missing'), ['orderId: missing']],
    ['another user', ordered({ userId: 2 }), ['it belongs to user 2']],
    ['another state', ordered({ status: 'COMPLETED' }), ['its status is COMPLETED instead of PENDING']],
    [
      'wrong sums',
      ordered({ subtotalAmount: 1 }),
      ['its subtotal is 1 instead of 50000', 'its total is 50000, not 1 - 0'],
    ],
    ['another total', ordered({ totalAmount: 1 }), ['its total is 1, not 50000 - 0']],
    [
      'a line too many',
      ordered(both),
      [`nobody ordered ${JSON.stringify(mouse)}`, 'its subtotal is 70000 instead of 50000'],
    ],
    [
      'another product',
      ordered({ items: [mouse] }),
      ['product 3 is ordered 0 times instead of 1', `nobody ordered ${JSON.stringify(mouse)}`],
    ],
    [
      'another price',
      ordered({ items: [otherPrice] }),
      [`line ${JSON.stringify(otherPrice)} does not follow from the price 50000`],
    ],
    [
      'a wrong line sum',
      ordered({ items: [wrongSum] }),
      [`line ${JSON.stringify(wrongSum)} does not follow from the price 50000`],
    ],
  ] as const;

  test('toBeOrdered fails for every deviation and names it', () => {
    const said = deviations.map(([what, exchange]) => [
      what,
      exchange,
      problemsIn(
        failureOf(() => {
          expect(exchange).toBeOrdered(expected);
        }),
      ),
    ]);
    expect(said).toEqual(deviations);
    for (const [, exchange] of deviations) expect(exchange).not.toBeOrdered(expected);
  });

  test('toBeOrdered fails for a wrong product name, and passes for a missing one', () => {
    const named = { userId: 1, lines: [{ productId: 3, quantity: 1, price: 50_000, name: 'Mouse' }] };
    const failure = failureOf(() => {
      expect(ordered()).toBeOrdered(named);
    });
    expect(problemsIn(failure)).toEqual(['product 3 is called Keyboard instead of Mouse']);
    expect(ordered({ items: [{ ...keyboard, productName: undefined }] })).toBeOrdered(named);
  });

  test('toBeOrdered and its .not both fail for a lost answer', () => {
    const positive = failureOf(() => {
      expect(lost('createOrder')).toBeOrdered(expected);
    });
    expect(problemsIn(positive)).toEqual(['no answer says whether there is an order']);
    const negative = failureOf(() => {
      expect(lost('createOrder')).not.toBeOrdered(expected);
    });
    expect(problemsIn(negative)).toEqual([expect.stringContaining('a lost answer proves nothing')]);
  });

  test("toBeOrdered failure looks like Playwright's own", () => {
    const depleted = refused('createOrder', 409, { code: 'P002' });
    const failure = failureOf(() => {
      expect(depleted).toBeOrdered({ userId: 1, lines: bothLines });
    });
    expect(failure).toBe(
      [
        'expect(exchange).toBeOrdered(promise)',
        '',
        'Expected: a pending order of user 1: 1 × product 3 at 50000, 2 × product 4 at 10000',
        'Received: 409 stock (P002)',
        '  - there is no order',
        '',
        'POST /api/orders',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 stock (P002), 12 ms',
        `  ${depleted.response?.body ?? ''}`,
      ].join('\n'),
    );
  });

  test('failing .not.toBeOrdered says what was not expected', () => {
    const failure = failureOf(() => {
      expect(ordered()).not.toBeOrdered(expected);
    });
    expect(failure).toContain('expect(exchange).not.toBeOrdered(promise)');
    expect(failure).toContain('Expected: not a pending order of user 1: 1 × product 3 at 50000\nReceived: 201\n');
  });
});
