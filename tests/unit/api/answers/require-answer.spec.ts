import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { answer, answering } from '../../support/servers/answering-api.ts';
import { paymentAnswer } from '../../support/examples/exchange-examples.ts';

test.describe('required answer', () => {
  test('required answer is returned, or an error shows what came instead', async () => {
    const payment = { userId: 1, idempotencyKey: 'k' };
    expect(requireAnswer(await answering(answer(200, paymentAnswer())).api.pay(12, payment))).toEqual(paymentAnswer());
    const refused = await answering(answer(409, { code: 'PAY001' })).api.pay(12, payment);
    expect(() => requireAnswer(refused)).toThrow(
      'POST /api/orders/12/payment should have succeeded, but: 409 balance (PAY001)\n{"code":"PAY001"}',
    );
    const wrongStatus = await answering(answer(202, paymentAnswer())).api.pay(12, payment);
    expect(() => requireAnswer(wrongStatus)).toThrow('status 202 instead of 200');
    const done = await answering(answer(201, paymentAnswer())).api.pay(12, payment);
    expect(requireAnswer(done), 'the status is wrong, but it is done').toEqual(paymentAnswer());
    const lost = await answering(new Error('timed out')).api.pay(12, payment);
    expect(() => requireAnswer(lost)).toThrow('no answer (timed out)');
  });
});
