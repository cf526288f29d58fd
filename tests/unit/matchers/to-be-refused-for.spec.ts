import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { refusalProblems } from '../../../helpers/matchers/to-be-refused-for.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { failureOf, inProgress, lost, paid, refused, unaffordable } from '../support/examples/exchange-examples.ts';

const problemsIn = (failure: string): string[] => failure.split('\n').filter((line) => line.startsWith('  - '));

const promising = { ...reference, policies: { ...reference.policies, refusalsStateAmounts: true } };

test.describe('toBeRefusedFor', () => {
  test('toBeRefusedFor passes for the reason with its status and amounts', () => {
    expect(unaffordable()).toBeRefusedFor('balance');
    expect(unaffordable()).toBeRefusedFor('balance', { required: 50_000, available: 1000 });
    expect(refused('pay', 403, { code: 'O004' })).toBeRefusedFor('foreign-order');
    expect(refused('pay', 409, 'Out of stock')).toBeRefusedFor('stock');
  });

  test('toBeRefusedFor passes for any of several reasons', () => {
    expect(unaffordable()).toBeRefusedFor(['stock', 'balance']);
    expect(refused('pay', 409, { code: 'P002' })).toBeRefusedFor(['stock', 'balance']);
  });

  test('toBeRefusedFor accepts amounts in other words or in separate fields', () => {
    const amounts = { required: 50_000, available: 1000 };
    for (const error of [
      { code: 'PAY001', message: 'Your wallet does not cover this: 50,000 is more than 1,000' },
      { code: 'PAY001', message: 'Insufficient balance', details: { need: 50_000, funds: '1000' } },
    ]) {
      expect(refusalProblems(refused('pay', 409, error), ['balance'], amounts, promising)).toEqual([]);
    }
  });

  test('toBeRefusedFor fails for missing amounts only where the profile promises them', () => {
    const amounts = { required: 50_000, available: 1000 };
    for (const [message, problems] of [
      ['잔액이 부족합니다.', ['it does not say what was required', 'it does not say what was available']],
      ['잔액이 부족합니다. (필요: 50000원)', ['it does not say what was available']],
      ['잔액이 부족합니다. (필요: 50000원, 주문: ORD-1000)', ['it does not say what was available']],
      ['잔액이 부족합니다. (필요: 50000원, 시각: 1000-01-01 10:00:1000)', ['it does not say what was available']],
    ] as const) {
      const exchange = refused('pay', 409, { code: 'PAY001', message });
      expect(refusalProblems(exchange, ['balance'], amounts, promising)).toEqual(problems);
      expect(refusalProblems(exchange, ['balance'], amounts, reference)).toEqual([]);
    }
    expect(refusalProblems(unaffordable(), ['balance'], { required: 1 }, reference)).toEqual([
      'it says required 50000',
    ]);
  });

  test('toBeRefusedFor accepts one of several pairs of amounts, and no mixture of them', () => {
    const pairs = [
      { required: 6, available: 5 },
      { required: 3, available: 2 },
    ];
    for (const [required, available, problems] of [
      [6, 5, []],
      [3, 2, []],
      [6, 2, ['it says available 2']],
      [3, 5, ['it says required 3']],
    ] as const) {
      const message = `재고 부족 (요청: ${required}개, 재고: ${available}개)`;
      const exchange = refused('createOrder', 409, { code: 'P002', message });
      expect(refusalProblems(exchange, ['stock'], pairs, promising)).toEqual(problems);
    }
    expect(
      failureOf(() => {
        expect(refused('createOrder', 409, '{"why":"?"}')).toBeRefusedFor('stock', pairs);
      }),
    ).toContain('refused for stock (409), required 6, available 5 or required 3, available 2');
  });

  for (const [what, exchange, problems] of [
    ['a success', paid(), ['it was not refused']],
    ['another cause', inProgress(), ['its cause is in-progress']],
    ['no cause', refused('pay', 409, '{}'), ['its body names no known cause']],
    ['a 500', refused('pay', 500, 'Insufficient balance'), ['it failed inside (500) instead of refusing']],
    [
      'a message about another cause than the code',
      refused('pay', 409, { code: 'PAY001', message: 'Insufficient stock (required: 50000, available: 1000)' }),
      ['its code means balance, but its message speaks of stock'],
    ],
    [
      'an unfilled placeholder in the message',
      refused('pay', 409, { code: 'PAY001', message: '잔액이 부족합니다. ({product}, 필요: 50000원, 보유: 1000원)' }),
      ['its message has a placeholder that nobody filled in: {product}'],
    ],
    [
      'another status',
      refused('pay', 422, { code: 'PAY001', message: '필요 50000원, 보유 1000원' }),
      ['its status is 422 instead of 409'],
    ],
    [
      'a body without message and timestamp',
      refused('pay', 409, '{"code":"PAY001","message":" "}'),
      ['its body has no message', 'its body has no timestamp'],
    ],
    [
      'other amounts',
      refused('pay', 409, { code: 'PAY001', message: '잔액 부족 (필요: 49999원, 보유: 0원)' }),
      ['it says required 49999', 'it says available 0'],
    ],
  ] as const) {
    test(`toBeRefusedFor fails for ${what} and says so`, () => {
      const failure = failureOf(() => {
        expect(exchange).toBeRefusedFor('balance', { required: 50_000, available: 1000 });
      });
      expect(problemsIn(failure)).toEqual(problems.map((problem) => `  - ${problem}`));
      expect(exchange).not.toBeRefusedFor('balance', { required: 50_000, available: 1000 });
    });
  }

  test('toBeRefusedFor accepts a timestamp in any format, and fails for one that tells no time', () => {
    const timed = (timestamp: unknown) => refused('pay', 403, { code: 'O004', message: 'Not yours', timestamp });
    for (const timestamp of [
      '2026-01-31T12:00:00.000Z',
      '2026-01-31T12:00:00+09:00[Asia/Seoul]',
      '2026-01-31 12:00:00',
      '31/01/2026 12:00',
      1_769_828_400_000,
      [2026, 1, 31, 12, 0],
    ]) {
      expect(timed(timestamp)).toBeRefusedFor('foreign-order');
    }
    for (const [timestamp, problem] of [
      ['now', 'its body has no timestamp that is a time'],
      ['0001-01-01T00:00:00Z', 'its body has no timestamp that is a time'],
      ['1970-01-01T09:00:00', 'its body has no timestamp that is a time'],
      ['', 'its body has no timestamp'],
      [null, 'its body has no timestamp'],
      [[], 'its body has no timestamp'],
    ] as const) {
      expect(refusalProblems(timed(timestamp), ['foreign-order'])).toEqual([problem]);
    }
  });

  test('toBeRefusedFor and its .not both fail for a lost answer', () => {
    expect(
      problemsIn(
        failureOf(() => {
          expect(lost('pay')).toBeRefusedFor('balance');
        }),
      ),
    ).toEqual(['  - no answer says whether it was refused']);
    expect(
      failureOf(() => {
        expect(lost('pay')).not.toBeRefusedFor('balance');
      }),
    ).toContain('  - a lost answer proves nothing');
  });

  test("toBeRefusedFor failure looks like Playwright's own", () => {
    const failure = failureOf(() => {
      expect(refused('pay', 409, '{"why":"?"}')).toBeRefusedFor(['balance', 'foreign-order'], { required: 50_000 });
    });
    expect(failure).toBe(
      [
        'expect(exchange).toBeRefusedFor(promise)',
        '',
        'Expected: refused for balance (409) or foreign-order (403), required 50000',
        'Received: 409 unknown (no cause named)',
        '  - its body names no known cause',
        '',
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 unknown (no cause named), 12 ms',
        '  {"why":"?"}',
      ].join('\n'),
    );
  });

  test('failing .not.toBeRefusedFor says what was not expected', () => {
    const failure = failureOf(() => {
      expect(unaffordable()).not.toBeRefusedFor('balance');
    });
    expect(failure).toContain('expect(exchange).not.toBeRefusedFor(promise)');
    expect(failure).toContain('Expected: not refused for balance (409)\nReceived: 409 balance (PAY001');
  });
});
