import { notOffered, type KeyPlace } from '../../helpers/target-profile/endpoint-forms.ts';
import { defineTarget } from '../../helpers/target-profile/target-profile.ts';

const key: KeyPlace = { in: 'header', name: 'Idempotency-Key' };

const problem = (status: number, ...names: readonly string[]) => ({
  status,
  codes: names.map((name) => `https://other-shop.example/problems/${name}`),
});

const order = {
  orderId: 'data.id',
  userId: 'data.customer_id',
  items: 'data.lines',
  subtotalAmount: 'data.subtotal',
  discountAmount: 'data.discount',
  totalAmount: 'data.total',
  status: 'data.state',
  createdAt: 'data.created_at',
};

/** A shop that was written by somebody who did not know this suite, from its documentation. */
export default defineTarget({
  name: 'other-shop',
  authentication: { by: 'bearer-token' },
  ids: { user: 'string', product: 'string', order: 'string', payment: 'string' },
  money: { decimals: 2, inJson: 'decimal-string', inTables: 'decimal' },
  endpoints: {
    health: { method: 'GET', path: '/status', success: 200 },
    getBalance: {
      method: 'GET',
      path: '/v1/wallets/{userId}',
      success: 200,
      answer: { userId: 'data.owner', balance: 'data.available' },
    },
    chargeBalance: {
      method: 'POST',
      path: '/v1/wallets/{userId}/deposits',
      success: 201,
      body: { amount: 'value' },
      key,
      answer: {
        userId: 'data.owner',
        balance: 'data.available',
        chargedAmount: 'data.deposited',
        chargedAt: 'data.at',
      },
    },
    getProduct: {
      method: 'GET',
      path: '/v1/articles/{productId}',
      success: 200,
      answer: { productId: 'data.id', name: 'data.title', price: 'data.unit_price', stock: 'data.on_hand' },
    },
    createOrder: {
      method: 'POST',
      path: '/v1/orders',
      success: 201,
      body: { userId: 'customer_id', items: 'lines', productId: 'article_id', quantity: 'qty' },
      key,
      answer: order,
      item: {
        productId: 'article_id',
        productName: 'title',
        quantity: 'qty',
        unitPrice: 'unit_price',
        subtotal: 'line_total',
      },
    },
    getOrder: {
      method: 'GET',
      path: '/v1/orders/{orderId}',
      success: 200,
      answer: { ...order, paidAt: 'data.settled_at' },
    },
    cancelOrder: notOffered('an order cannot be changed or cancelled'),
    pay: {
      method: 'POST',
      path: '/v1/payments',
      success: 201,
      body: { orderId: 'order_id', userId: 'customer_id' },
      key,
      answer: {
        paymentId: 'data.id',
        orderId: 'data.order_id',
        paidAmount: 'data.charged',
        remainingBalance: 'data.wallet_left',
        status: 'data.result',
        paidAt: 'data.at',
      },
      successStatus: 'captured',
    },
  },
  orderStatus: { pending: 'open', paid: 'settled', cancelled: 'cancelled' },
  errors: { code: 'type', message: 'detail' },
  refusals: {
    balance: problem(422, 'insufficient-funds'),
    stock: problem(422, 'out-of-stock'),
    'in-progress': problem(409, 'key-in-use'),
    'order-state': problem(409, 'order-not-open'),
    'key-reuse': problem(422, 'key-reused'),
    'foreign-order': problem(403, 'not-your-order'),
    'unknown-order': problem(404, 'unknown-order'),
    'unknown-user': problem(404, 'unknown-customer'),
    'unknown-product': problem(404, 'unknown-article'),
    'invalid-quantity': problem(400, 'invalid-quantity'),
    'invalid-charge': problem(400, 'invalid-deposit'),
    'invalid-input': problem(400, 'invalid-request'),
  },
  policies: {
    replay: {
      paymentStatus: 201,
      orderStatus: 201,
      chargeStatus: 201,
      header: { name: 'Idempotency-Status', value: 'replayed' },
      body: 'bytes',
    },
    inFlightDuplicates: 'either',
    refusalsAreRemembered: false,
    balanceIsCheckedAt: 'payment',
    stockIsCheckedAt: 'order',
    stockIsTakenAt: 'order',
    paymentsCommit: 'at-once',
    retriesOfARacer: 20,
    key: { maxLength: 64, requiredFor: ['pay', 'chargeBalance'], belongsTo: 'user' },
    refusalsStateAmounts: false,
    speaksEnglish: true,
    balancesAreCachedForMs: 0,
    productsAreCachedForMs: 0,
  },
  tables: {
    users: { table: 'customer', id: 'uuid', name: 'full_name', email: 'mail' },
    balances: { table: 'wallet', userId: 'customer_uuid', balance: 'amount', fixed: { lock_version: 1 } },
    products: { table: 'article', id: 'uuid', name: 'title', price: 'unit_price', stock: 'on_hand' },
    orders: { table: 'purchase', id: 'id', userId: 'customer_uuid', total: 'total', status: 'state' },
    orderItems: { table: 'purchase_line', orderId: 'purchase_id', productId: 'article_uuid', quantity: 'qty' },
    payments: { table: 'capture', id: 'id', orderId: 'purchase_id', amount: 'amount' },
    keys: [{ table: 'request_key', userId: 'customer_uuid' }],
  },
});
