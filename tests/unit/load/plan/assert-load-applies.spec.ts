import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import ordersAlone from '../../../../fixtures/shops/targets/orders-alone.ts';
import paidByCard from '../../../../fixtures/shops/targets/paid-by-card.ts';
import { assertLoadApplies } from '../../../../helpers/load/plan/assert-load-applies.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

test.describe('targets of load runs', () => {
  test('target that pays from balances is accepted, others are refused with what they lack', () => {
    expect(() => {
      assertLoadApplies(reference);
    }).not.toThrow();
    expect(() => {
      assertLoadApplies(paidByCard);
    }).toThrow('This needs balances, which this target lacks: payments are by card.');
    expect(() => {
      assertLoadApplies(ordersAlone);
    }).toThrow('This needs a call that pays an order, which this target lacks: orders are settled on delivery.');
  });
});
