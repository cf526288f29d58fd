import { expect, test } from '@playwright/test';
import { statedAmounts } from '../../../helpers/refusals/stated-amounts.ts';

type Reason = Parameters<typeof statedAmounts>[0];

const readFrom = (reason: Reason, messages: readonly string[]) =>
  messages.map((message) => ({ message, ...statedAmounts(reason, message) }));

/** Every message states 50,000 required and 1,000 available. */
const wordings: Readonly<Record<Reason, readonly string[]>> = {
  balance: [
    '잔액이 부족합니다. (필요: 50000원, 보유: 1000원)',
    '잔액이 부족합니다. (보유: 1,000원, 필요: 50,000원)',
    '잔액이 부족합니다. 필요:50000원/보유:1000원',
    '잔액 부족: 필요 50000원 / 보유 1000원',
    '잔액 부족 - 필요: 50,000원 보유: 1,000원',
    '잔액 부족 (필요 금액: ₩50,000 / 현재 잔액: ₩1,000)',
    '잔액 부족 (필요금액=50000 현재잔액=1000)',
    '잔액이 부족합니다. (결제금액: 50000, 현재잔액: 1000)',
    '잔액이 부족합니다. 현재 잔액 1,000원, 결제 금액 50,000원',
    '잔액이 부족합니다. 현재 잔액은 1,000원이며 결제 금액은 50,000원입니다.',
    '필요한 금액은 50,000원이지만 보유 잔액은 1,000원입니다.',
    '결제 금액(50,000원)이 잔액(1,000원)을 초과합니다',
    '사용자 잔액(1,000원)이 총액(50,000원)보다 적습니다',
    '결제하려면 50,000원이 필요합니다. 현재 잔액: 1,000원',
    '50000원이 필요하지만 1000원만 보유하고 있습니다',
    '잔액이 1,000원밖에 없습니다. 50,000원이 필요합니다.',
    '포인트가 부족합니다. 보유 포인트: 1000, 사용 요청 포인트: 50000',
    '현재 보유 포인트는 1,000P, 결제에 필요한 포인트는 50,000P입니다',
    '잔액이 부족합니다. (상품: 키보드 500, 필요: 50000원, 보유: 1000원)',
    'Insufficient balance (required: 50000, available: 1000)',
    'Insufficient balance (available=1,000, required=50,000)',
    'Insufficient balance. Required amount: KRW 50000; current balance: KRW 1000.',
    'Insufficient balance: requiredAmount=50000, available_balance=1000',
    'Insufficient balance (required 50000 won, available 1000 won)',
    'Insufficient balance: required 50,000 KRW but only 1,000 KRW available',
    'Insufficient balance: 50000 needed but only 1000 available',
    'Insufficient balance (1000 available, 50000 required)',
    'Insufficient balance (1000 available, required: 50000)',
    'Insufficient balance (balance: 1000, need: 50000)',
    'Insufficient balance: has 1000, needs 50000',
    'Insufficient balance. Current balance is 1000, but 50000 is required.',
    'Insufficient funds. You need 50,000 won but only have 1,000 won.',
    'Insufficient balance: order total 50000, wallet balance 1000',
    'Your balance of 1,000 is less than the required 50,000',
    'Payment amount 50000 exceeds available balance 1000',
    'Available balance (1,000 KRW) is insufficient for payment amount (50,000 KRW)',
    'The total amount is 50000 and your balance is 1000',
    'Insufficient balance: available 1000 < required 50000',
  ],
  stock: [
    '재고가 부족합니다. (상품: 키보드, 요청: 50000, 재고: 1000)',
    '재고가 부족합니다. 상품: 연필 #opl-0123456789-2, 요청: 50000, 재고: 1000',
    '재고가 부족합니다. 요청 50000개, 남은 재고 1000개',
    '재고 부족 (요청 수량: 50000, 현재 재고: 1000)',
    '재고가 부족합니다. (주문 수량: 50000개 / 남은 수량: 1000개)',
    '재고 부족: 키보드 (요청 50000개 / 재고 1000개)',
    '재고 부족: 주문 50000개, 상품 재고 1000개',
    '재고가 1000개 남았습니다 (요청: 50000개)',
    '요청하신 수량은 50000개이나 재고는 1000개입니다.',
    '요청 수량(50000)이 재고(1000)를 초과했습니다.',
    '구매하려는 수량(50000개)이 재고 수량(1000개)보다 많습니다',
    '현재 1000개만 구매 가능합니다. (요청 수량 50,000개)',
    'Insufficient stock (product: Stock 500 of 3, requested: 50000, available: 1000)',
    'Insufficient stock (product: 7 requested: 50000 stock: 1000)',
    'Insufficient stock for product 3: 50000 requested, 1000 available',
    'Insufficient stock: requested 50000 but only 1000 available',
    'Insufficient stock: requested 50000 but only 1000 item(s) available',
    'Insufficient stock: stockQuantity=1000, orderQuantity=50000',
    'Not enough stock for product 3. Requested: 50000, Available: 1000',
    'Only 1000 left in stock, requested 50000',
    'Out of stock: 50000 requested, 1000 in stock',
    'Requested quantity 50000 exceeds available stock 1000',
    'Article "Chair 12" (ab-12) is short: asked for 50000, on hand 1000.',
  ],
};

/** No number in these messages is a required or available amount. */
const others: Readonly<Record<Reason, readonly string[]>> = {
  balance: [
    // Ids, codes and counts
    '주문 12의 결제 잔액이 부족합니다',
    '주문(12)의 잔액이 부족합니다',
    '주문번호 ORD-20260101-000012: 잔액 부족',
    '요청 번호 12345의 잔액이 부족합니다',
    '요청 #12 잔액 부족',
    '요청 ID: 12345, 사용자: 5',
    '잔액(PAY001) 부족',
    'Insufficient balance for order 12',
    'Insufficient balance (order: 12, user: 5, status 409)',
    'Insufficient balance (orderId=12 userId=5)',
    'Payment 12 required more balance',
    'The balance of user 5 is too low',
    'Required for order 12: user 5',
    'Account 12 balance is too low',
    'Insufficient balance (409)',
    'Insufficient balance (request 12, trace 7f000001)',
    'Balance check failed, remaining attempts: 3',
    'Available: only 1 of 2 wallets',
    // Times
    '현재 2026-01-01 12:30:00 잔액 부족',
    '현재 2026/01/01 잔액이 부족합니다',
    '현재 2026년 1월 1일 기준 잔액 부족',
    'Balance available in 5 minutes',
    'Current time: 12:30, available from 2026-01-01',
    // Amounts of something else
    'Insufficient balance: 1000',
    'Insufficient balance: short by 49000',
    'Insufficient balance (price: 10000, minimum balance: 10000)',
    'Insufficient balance (additional required: 49000)',
    'Insufficient balance (required: 50000 more, available: -500)',
    'You need another 49000 won',
    '잔액이 부족합니다. 49,000원이 더 필요합니다',
    '잔액이 부족합니다. 추가로 49000원이 필요합니다',
    '잔액이 부족합니다. (부족 금액: 49000원, 주문: 12, 사용자: 5)',
    '최소 주문 금액: 10000원, 최소 잔액: 5000원',
    '재고 1개, 필요 수량 2개',
    // Numbers that look like others
    'Insufficient balance (required: 5만원, available: 1.000)',
    'Insufficient balance (required: 50000.50, available: 10:00)',
    'Insufficient balance (required: 50k, available: 1,00)',
    '1000만원이 필요합니다',
  ],
  stock: [
    '재고가 부족합니다 (주문: 12, 상품: 3)',
    '재고가 부족합니다. 주문 12번',
    '상품 3 재고 부족',
    '상품ID=3 재고=품절',
    '재고 부족 (가격: 50000원, 결제 금액 50000원)',
    '최대 1개까지 주문 가능합니다',
    '수량 2개',
    '요청 시각 2026-01-01 12:30:00, 재고 없음',
    'Insufficient stock for order 12',
    'Requested product 3 is out of stock, order 12',
    'Available from 2026-01-01',
    'Stock of product 3 is low',
    'Required 50000 won',
    'Available in 2 stores',
  ],
};

const ambiguous: Readonly<Record<string, { readonly required?: number; readonly available?: number }>> = {
  'Insufficient balance (required: 9007199254740993, available: 1000)': { available: 1000 },
  'Insufficient balance (required: 50000, available: 1000, available: 2000)': { required: 50_000 },
  'Insufficient balance: 1000 < required 50000': { required: 50_000 },
  'Insufficient balance (current required: 49000, available: 1000)': { available: 1000 },
  '잔액이 부족합니다. (상품: 필요 500 세트, 보유: 1000원)': { available: 1000 },
  '50000원이 필요한데 1000원만 있어 잔액이 부족합니다': { required: 50_000 },
  '잔액 1,000원으로 50,000원을 결제할 수 없습니다': { available: 1000 },
};

test.describe('stated amounts', () => {
  for (const reason of ['balance', 'stock'] as const) {
    const messages = wordings[reason];

    test(`required and available ${reason} are read from ${messages.length} wordings`, () => {
      expect(readFrom(reason, messages)).toEqual(
        messages.map((message) => ({ message, required: 50_000, available: 1000 })),
      );
    });

    test(`other numbers in a ${reason} message are not taken for amounts`, () => {
      expect(readFrom(reason, others[reason])).toEqual(others[reason].map((message) => ({ message })));
    });
  }

  test('ambiguous amounts are left out', () => {
    expect(readFrom('balance', Object.keys(ambiguous))).toEqual(
      Object.entries(ambiguous).map(([message, amounts]) => ({ message, ...amounts })),
    );
  });

  test('amounts are searched for within 3 seconds in long repetitive messages', () => {
    const start = performance.now();
    for (const piece of [
      '상품:',
      '"',
      '(',
      '1,000',
      'required ',
      '결제 ',
      '이',
      '1',
      '₩ ',
      '(1',
      ' ',
      ':',
      '_a',
      "l'",
    ]) {
      for (const reason of ['balance', 'stock'] as const) statedAmounts(reason, piece.repeat(2000));
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
