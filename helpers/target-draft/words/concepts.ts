import { wordsOf } from './words-of.ts';

/** The words with which APIs, tables and documents name what an order-and-payment service is about. */
const vocabulary = {
  user: [
    'user',
    'customer',
    'member',
    'account',
    'buyer',
    'owner',
    'client',
    'shopper',
    '사용자',
    '회원',
    '고객',
    '유저',
  ],
  balance: [
    'balance',
    'wallet',
    'point',
    'credit',
    'cash',
    'purse',
    'mileage',
    '잔액',
    '잔고',
    '포인트',
    '지갑',
    '예치금',
  ],
  topUp: ['charge', 'deposit', 'topup', 'recharge', 'refill', 'fund', 'load', 'earn', 'credit', '충전', '입금', '적립'],
  product: ['product', 'article', 'item', 'good', 'sku', 'merchandise', 'book', '상품', '제품', '물품'],
  stock: ['stock', 'inventory', 'available', 'hand', 'remaining', 'quantity', '재고', '수량'],
  price: ['price', 'cost', 'amount', '가격', '단가', '금액'],
  order: ['order', 'purchase', 'checkout', 'booking', '주문', '구매'],
  line: ['line', 'item', 'detail', 'product', 'entry', '항목', '품목', '상세'],
  payment: ['pay', 'payment', 'capture', 'settle', 'settlement', '결제', '지불', '납부'],
  cancel: ['cancel', 'cancellation', 'void', 'abort', '취소'],
  refund: ['refund', 'return', '환불', '반품'],
  health: [
    'health',
    'healthz',
    'status',
    'ping',
    'live',
    'livez',
    'liveness',
    'ready',
    'readyz',
    'readiness',
    'heartbeat',
  ],
  logIn: ['login', 'signin', 'token', 'session', 'auth', 'authenticate', '로그인'],
  signUp: ['signup', 'register', 'registration', 'join', 'refresh', 'logout', 'signout', 'reset', '회원가입', '가입'],
  key: ['idempotency', 'idempotent', 'idempotence', 'idem', '멱등', '멱등성', '멱등키'],
  aside: [
    ...[
      'admin',
      'review',
      'search',
      'history',
      'statistic',
      'report',
      'webhook',
      'callback',
      'image',
      'coupon',
      'cart',
    ],
    ...[
      'popular',
      'top',
      'rank',
      'category',
      'event',
      'notification',
      'internal',
      'export',
      'archive',
      'old',
      'legacy',
    ],
    ...['backup', 'log', 'audit', 'tmp', 'temp', 'outbox', 'snapshot', 'draft', 'wishlist', 'favorite'],
    ...['관리자', '리뷰', '검색', '이력', '통계', '쿠폰', '장바구니', '인기'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Something that an order-and-payment service is about. */
export type Concept = keyof typeof vocabulary;

const words: ReadonlyMap<Concept, readonly string[]> = new Map(
  Object.entries(vocabulary).flatMap(([name, list]) => (isConcept(name) ? [[name, list]] : [])),
);

function isConcept(name: string): name is Concept {
  return name in vocabulary;
}

const isKorean = (word: string): boolean => /\p{Script=Hangul}/u.test(word);

/** Returns whether one of a name's words stands for a concept. Korean words may have particles and neighbours. */
export function speaksOf(concept: Concept, name: string): boolean {
  const said = wordsOf(name);
  // `top-up`, `sign-in` and `check_out` are one word elsewhere.
  const joined = said.slice(1).map((word, place) => `${said[place] ?? ''}${word}`);
  return (words.get(concept) ?? []).some(
    (word) => said.includes(word) || joined.includes(word) || (isKorean(word) && name.includes(word)),
  );
}
