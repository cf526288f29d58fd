import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { classifyRefusal, type Refusal } from '../../../helpers/refusals/classify-refusal.ts';
import hhplus from '../../../helpers/profile/targets/hhplus.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { inDecimals } from '../support/examples/target-in-decimals.ts';
import { statusesOf, type RefusalReason } from '../../../helpers/profile/refusal-forms.ts';

const refusal = (status: number, body: unknown): Refusal =>
  classifyRefusal(reference, status, typeof body === 'string' ? body : JSON.stringify(body));

/** Classifies refusals without a code by their messages alone. */
const reasonsOf = (messages: readonly string[], status = 409): Record<string, RefusalReason> =>
  Object.fromEntries(messages.map((message) => [message, refusal(status, { message }).reason]));

const all = (messages: readonly string[], reason: RefusalReason): Record<string, RefusalReason> =>
  Object.fromEntries(messages.map((message) => [message, reason]));

const sayings: Partial<Record<RefusalReason, readonly string[]>> = {
  balance: [
    '잔액이 부족합니다. (필요: 50000원, 보유: 1000원)',
    '잔액부족',
    '포인트가 모자랍니다',
    '잔고가 충분하지 않습니다.',
    '사용자의 적립금이 부족하여 결제할 수 없습니다',
    '재고는 충분하나 잔액이 부족합니다',
    '결제 금액이 잔액을 초과합니다',
    '잔액이 부족합니다. (상품: 재고 정리 세트, 필요: 50000원)',
    '잔액이 부족합니다. (상품: 세트 (재고 부족 (한정)), 필요: 50000원)',
    '잔액이 부족합니다. (상품: 재고 없음 세',
    'Insufficient balance (required: 50000, available: 1000)',
    'INSUFFICIENT_FUNDS',
    'Not enough points',
    'User does not have enough credits',
    "You don't have enough points",
    'Your account balance is too low for this payment',
    'Balance of user 5 is not sufficient',
    'The amount exceeds the available balance',
    'Insufficient funds to buy stock',
    'Insufficient balance for "Out of stock poster"',
  ],
  stock: [
    '재고가 부족합니다. (상품: 키보드, 요청: 2, 재고: 1)',
    '상품 재고가 없습니다',
    '품절된 상품입니다.',
    '재고 수량이 부족합니다',
    '주문 수량이 재고를 초과했습니다',
    '잔액은 충분하지만 재고가 부족합니다',
    '재고가 소진되었습니다',
    '재고가 부족합니다. (상품: 잔액 부족 세트)',
    'Insufficient stock (product: Balance Board, requested: 2, available: 1)',
    'Not enough items in stock',
    'out-of-stock',
    'Product is sold out',
    'Inventory is depleted',
    'Requested quantity exceeds available stock',
    'Your balance is fine but stock is insufficient',
    'Insufficient stock for [Insufficient Funds Mug]',
    "Insufficient stock of 'Not enough money' posters",
  ],
  'in-progress': [
    '동일한 결제 요청이 처리 중입니다.',
    '이미 처리중인 요청입니다',
    '이미 결제 진행 중입니다',
    'A payment with this idempotency key is in progress',
    'The request is still being processed',
    'A request with the same idempotency key is already being processed',
    'in-progress',
    'Concurrent payment detected, try again',
  ],
  'order-state': [
    '결제할 수 없는 주문 상태입니다. (현재 상태: COMPLETED)',
    '이미 결제된 주문입니다',
    '취소된 주문입니다.',
    'Order is not payable (status: COMPLETED)',
    'Order 12 was already paid',
    'Cannot pay a cancelled order',
    'Order has been completed',
    'Invalid order status: CANCELLED',
  ],
  'key-reuse': [
    '멱등성 키가 다른 요청에 사용되었습니다.',
    '멱등키가 이미 사용되었습니다',
    'Idempotency key was used with a different request',
    'Idempotency-Key reused with another payload',
    'The idempotency key has already been used',
  ],
};

const unclear = [
  '잔액 조회 중 충돌이 발생했습니다',
  'The balance was modified concurrently',
  'Concurrent update of stock, please retry',
  '재고 조회 중 오류가 발생하여 처리할 수 없습니다',
  '재고를 찾을 수 없습니다',
  '재고를 변경할 수 없습니다',
  '결제 처리 중 오류가 발생했습니다',
  'An error occurred while the payment was being processed',
  'Payment already processed',
  'Stock balance mismatch',
  'The server does not allow inventory changes',
  'Policy does not allow points here',
  '잔액이 부족하지 않습니다',
  'Insufficient balance and insufficient stock',
  '잔액이 부족하거나 재고가 부족합니다',
  'Order is already paid or its payment is in progress',
  'Insufficient permissions',
  '중복 결제 요청입니다',
  'Duplicate payment',
  '낙관적 락 충돌',
  'Conflict',
  '(잔액이 부족합니다)',
  '',
];

const html = '<!DOCTYPE html><html><body><h1>409 Conflict</h1>Insufficient balance</body></html>';

test.describe('refusal classification', () => {
  test('every refusal code of the profile is classified as its reason', () => {
    const named = Object.entries(reference.refusals).map(([reason, form]) => ({
      reason,
      status: statusesOf(form)[0] ?? 0,
      codes: form.codes,
    }));
    expect(
      named.map(({ status, codes }) => codes.map((code) => refusal(status, { code, message: '' }).reason)),
    ).toEqual(named.map(({ reason, codes }) => codes.map(() => reason)));
    expect(refusal(409, { code: 'P002' }).namedBy).toBe('code');
  });

  for (const [reason, messages] of Object.entries(sayings)) {
    test(`${reason} refusal is recognised in ${messages.length} wordings`, () => {
      expect(reasonsOf(messages)).toEqual(Object.fromEntries(messages.map((message) => [message, reason])));
    });
  }

  test('message that names no cause, or 2 causes, is classified as unknown', () => {
    expect(reasonsOf(unclear)).toEqual(all(unclear, 'unknown'));
  });

  test('known code wins over the message, an unknown code leaves it to the message', () => {
    expect(refusal(409, { code: 'PAY001', message: '재고가 부족합니다' })).toMatchObject({
      reason: 'balance',
      namedBy: 'code',
      message: '재고가 부족합니다',
    });
    expect(refusal(409, { code: 'X1', message: 'Out of stock' })).toMatchObject({
      reason: 'stock',
      namedBy: 'message',
    });
    expect(refusal(409, { code: 'X1', message: 'No' })).toEqual({
      reason: 'unknown',
      namedBy: 'nothing',
      status: 409,
      code: 'X1',
      message: 'No',
    });
    expect(refusal(409, { code: 42, message: null })).toMatchObject({ reason: 'unknown', code: '42' });
  });

  test('message decides only with status 409 or 422, and 5xx without a known code is server-error', () => {
    const message = 'Insufficient balance';
    expect([400, 401, 404, 409, 422, 429].map((status) => refusal(status, { message }).reason)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'balance',
      'balance',
      'unknown',
    ]);
    expect(refusal(503, { message })).toMatchObject({ reason: 'server-error', namedBy: 'status' });
    expect(refusal(500, html).reason).toBe('server-error');
    expect(refusal(500, { code: 'PAY001' })).toMatchObject({ reason: 'balance', status: 500 });
  });

  test('body that is not JSON is read only when it is a short plain text', () => {
    expect(refusal(409, 'Insufficient balance\n')).toMatchObject({
      reason: 'balance',
      namedBy: 'message',
      message: 'Insufficient balance',
    });
    expect(refusal(409, '"재고가 부족합니다"').reason).toBe('stock');
    const unread = [
      html,
      'Insufficient <b>balance</b>',
      '',
      '   ',
      '\u0000\u0001',
      '{"code":"PAY001","message":"Insufficient bal',
      '[]',
      'null',
      '409',
      '{}',
      '{"error":"Insufficient balance"}',
      `${'Lorem ipsum. '.repeat(30)}Insufficient balance`,
    ];
    expect(Object.fromEntries(unread.map((body) => [body, refusal(409, body).reason]))).toEqual(all(unread, 'unknown'));
  });

  test('amounts are read only from balance and stock refusals', () => {
    const message = 'Insufficient balance (required: 50000, available: 1000)';
    const amounts = { required: 50_000, available: 1000 };
    expect(refusal(409, { code: 'PAY001', message })).toMatchObject({ reason: 'balance', ...amounts });
    expect(refusal(409, { message })).toMatchObject({ reason: 'balance', namedBy: 'message', ...amounts });
    expect(refusal(409, { code: 'P002', message: '요청 2개, 재고 1개' })).toMatchObject({ required: 2, available: 1 });
    expect(refusal(409, { code: 'O003', message: 'required: 5' })).not.toHaveProperty('required');
  });
});

const reasonFor = (profile: TargetProfile, status: number, code: string, message: string): string =>
  classifyRefusal(profile, status, JSON.stringify({ code, message })).reason;

test.describe('shared codes', () => {
  test('amounts of money are read in the smallest unit of the target, where the message leaves no doubt', () => {
    const body = JSON.stringify({ code: 'PAY001', message: 'Insufficient balance (required: 500, available: 100)' });
    const read = (money: TargetProfile['money']): Refusal => classifyRefusal({ ...reference, money }, 409, body);
    expect(read(inDecimals.money)).toMatchObject({ required: 50_000, available: 10_000 });
    expect(read({ ...inDecimals.money, inJson: 'minor-units' })).not.toHaveProperty('required');
    expect(read(reference.money)).toMatchObject({ required: 500, available: 100 });
  });

  test('code shared by a conflict and an invalid input is classified by the message', () => {
    expect(reasonFor(hhplus, 400, 'COMMON002', '이미 처리 중인 요청입니다. idempotencyKey: k1')).toBe('in-progress');
    expect(reasonFor(hhplus, 400, 'COMMON002', '주문한 사용자와 결제 요청 사용자가 다릅니다.')).toBe('invalid-input');
  });

  test('code shared by 2 conflicts is classified by the message, else as unknown', () => {
    expect(reasonFor(hhplus, 409, 'PAY003', '동일한 결제 요청이 처리 중입니다.')).toBe('in-progress');
    expect(reasonFor(hhplus, 409, 'PAY003', '멱등성 키가 다른 요청에 사용되었습니다.')).toBe('key-reuse');
    expect(reasonFor(hhplus, 409, 'PAY003', '중복 요청입니다')).toBe('unknown');
  });

  test('code of a single reason needs no message', () => {
    expect(reasonFor(reference, 409, 'PAY003', 'No.')).toBe('in-progress');
    expect(reasonFor(hhplus, 400, 'O003', '')).toBe('order-state');
  });
});
