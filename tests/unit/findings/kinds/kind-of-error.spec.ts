import { expect, test } from '@playwright/test';
import { causeInError, kindOfError } from '../../../../helpers/findings/kinds/kind-of-error.ts';

test.describe('kind of a plain assertion', () => {
  test('difference is about money or goods if amounts differ, and not if a cause or an answer does', () => {
    const balances = 'Error: balances\n\nexpect(received).toEqual(expected)\n\nExpected: [1000]\nReceived: []';
    expect(kindOfError('top-up-lost', balances)).toBe('top-up-lost');
    const answers = balances.replace('balances', 'each payment answers a different balance');
    expect(kindOfError('top-up-lost', answers)).toBe('wrong-content');
    const cause =
      'expect(received).toMatch(expected)\n\nExpected pattern: /^(declined|order-state)$/\nReceived string: "balance"';
    expect(kindOfError('debited-without-payment', cause)).toBe('wrong-cause');
    expect([causeInError(cause), causeInError(answers)]).toEqual(['balance', undefined]);
    const balance =
      'Error: balance after a top-up\n\nexpect(received).toMatch(expected)\n\nExpected pattern: /^(92|87)$/\nReceived string:  "91"';
    expect(kindOfError('top-up-lost', balance)).toBe('top-up-lost');
    expect(kindOfError('top-up-lost', 'Expected: 1\nReceived: 2')).toBe('wrong-content');
  });

  test('orders created twice or cancelled with another one are no mere wrong content', () => {
    const made = 'Error: orders made\n\nexpect(received).toBe(expected)\n\nExpected: 1\nReceived: 10';
    expect(kindOfError('replay-executed', made)).toBe('replay-executed');
    expect(kindOfError('refund-lost', made.replace('made', 'of the user'))).toBe('order-state-broken');
  });
});
