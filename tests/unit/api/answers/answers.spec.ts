import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { answerReaders } from '../../../../helpers/api/answers/answers.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { chargeAnswer, orderAnswer, paymentAnswer } from '../../support/examples/exchange-examples.ts';

/** A target that wraps some fields in `data` and names others differently. */
const wrapping: TargetProfile = {
  ...reference,
  endpoints: {
    ...reference.endpoints,
    createOrder: {
      ...reference.endpoints.createOrder,
      answer: { ...reference.endpoints.createOrder.answer, orderId: 'data.id', items: 'data.lines' },
      item: { ...reference.endpoints.createOrder.item, productId: 'product.no', quantity: 'pieces' },
    },
    pay: { ...reference.endpoints.pay, answer: { ...reference.endpoints.pay.answer, paidAmount: 'data.sum' } },
  },
};

const read = answerReaders(reference);
const readWrapped = answerReaders(wrapping);

const problemsOf = (result: object): unknown => ('malformed' in result ? result.malformed : []);

const [line] = orderAnswer().items;

test.describe('answer readers', () => {
  test('answer with all promised fields is read unchanged', () => {
    expect(read.createdOrder(orderAnswer())).toEqual({ answer: orderAnswer() });
    expect(read.payment(paymentAnswer())).toEqual({ answer: paymentAnswer() });
    expect(read.charge(chargeAnswer())).toEqual({ answer: chargeAnswer() });
    expect(read.balance({ userId: 1, balance: 0 })).toEqual({ answer: { userId: 1, balance: 0 } });
    expect(read.product({ productId: 1, name: '키보드', price: 0, stock: 0 })).toHaveProperty('answer.name', '키보드');
  });

  test('fields beyond the promised ones are dropped', () => {
    expect(read.payment({ ...paymentAnswer(), traceId: 'x' })).toEqual({ answer: paymentAnswer() });
  });

  test("fields are read from the profile's paths and get the suite's names", () => {
    const { orderId, items, ...rest } = orderAnswer();
    const { productId, quantity, ...restOfLine } = line ?? {};
    const lines = items.map(() => ({ ...restOfLine, product: { no: productId }, pieces: quantity }));
    expect(readWrapped.createdOrder({ ...rest, data: { id: orderId, lines } })).toEqual({ answer: orderAnswer() });
  });

  for (const [field, values] of [
    ['paymentId', [undefined, null, '7', 7.5, 0, -1, 2 ** 53]],
    ['paidAmount', [undefined, '50000', 50_000.5, -1, NaN, 2 ** 60]],
    ['remainingBalance', [undefined, null, -1, '0']],
    ['status', [undefined, null, '', 200]],
    ['paidAt', [undefined, null, '', 'yesterday', '2026-13-01T00:00:00Z', -1]],
  ] as const) {
    test(`payment with a missing or malformed ${field} is reported by that field alone`, () => {
      const problems = values.map((value) => problemsOf(read.payment({ ...paymentAnswer(), [field]: value })));
      expect(problems).toEqual(values.map(() => [expect.stringMatching(new RegExp(`^${field}: .{5}`))]));
    });
  }

  test('problem of a value says the value where its form is not all that is wrong', () => {
    expect(problemsOf(read.payment({ ...paymentAnswer(), remainingBalance: -5000 }))).toEqual([
      expect.stringMatching(/^remainingBalance: Too small.*, seen -5000$/),
    ]);
    expect(problemsOf(read.payment({ ...paymentAnswer(), remainingBalance: null }))).toEqual([
      expect.not.stringContaining('seen'),
    ]);
    expect(problemsOf(read.payment({ ...paymentAnswer(), paidAt: 'yesterday' }))).toEqual([
      'paidAt: expected a date and time, seen "yesterday"',
    ]);
  });

  test("problems name the target's own fields, down to the order line", () => {
    expect(problemsOf(readWrapped.payment({ ...paymentAnswer(), data: { sum: '1' } }))).toEqual([
      expect.stringMatching(/^data\.sum: /),
    ]);
    const { orderId, items, ...rest } = orderAnswer();
    expect(items).toHaveLength(1);
    const lines = [
      { ...line, product: { no: 3 }, pieces: 0 },
      { ...line, pieces: 1 },
    ];
    expect(problemsOf(readWrapped.createdOrder({ ...rest, data: { id: orderId, lines } }))).toEqual([
      expect.stringMatching(/^data\.lines\.0\.pieces: /),
      expect.stringMatching(/^data\.lines\.1\.product\.no: /),
    ]);
  });

  test('answer that is empty or not an object lacks every field', () => {
    const counts = [undefined, null, 'text', 1, [], {}, [paymentAnswer()]].map((json) =>
      problemsOf(read.payment(json)),
    );
    const all = Object.keys(paymentAnswer()).map((name) => expect.stringMatching(new RegExp(`^${name}: `)));
    expect(counts).toEqual(counts.map(() => all));
  });

  test('order whose items are missing, empty or not order lines is malformed', () => {
    const problems = [[], undefined, {}, 'none', [null], [1]].map((items) =>
      problemsOf(read.createdOrder({ ...orderAnswer(), items })),
    );
    expect(problems.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => [expect.stringMatching(/^items: /)]));
    expect(problems.slice(4)).toEqual(
      Array.from({ length: 2 }, () => expect.arrayContaining([expect.stringMatching(/^items\.0\.unitPrice: /)])),
    );
  });
});
