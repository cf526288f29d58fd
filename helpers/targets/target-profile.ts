/** Why a target refused. The first five are conflicts; `unknown` is a refusal whose cause nothing names. */
export type RefusalReason =
  | 'balance'
  | 'stock'
  | 'in-progress'
  | 'order-state'
  | 'key-reuse'
  | 'foreign-order'
  | 'unknown-order'
  | 'unknown-user'
  | 'unknown-product'
  | 'invalid-quantity'
  | 'invalid-charge'
  | 'invalid-input'
  | 'server-error'
  | 'unknown';

/** The refusals that a profile must describe; the other two are what is left when nothing fits. */
export type NamedReason = Exclude<RefusalReason, 'server-error' | 'unknown'>;

/** One call of the API. `{name}` in the path is filled in from the call's arguments. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** @example '/api/orders/{orderId}/payment' */
  readonly path: string;
  /** Status of a success. */
  readonly success: number;
}

/** An endpoint with a JSON body: the suite's name of a field → the target's name of it. */
export interface EndpointWithBody<Field extends string> extends Endpoint {
  readonly body: Readonly<Record<Field, string>>;
}

/** Where a field of an answer stands: the suite's name → a path into the target's JSON. @example 'data.order.id' */
export type AnswerPaths<Field extends string> = Readonly<Record<Field, string>>;

/** How one refusal looks from outside. */
export interface RefusalForm {
  readonly status: number;
  /** Values of the error's code field that mean this and nothing else; none if the target sends no codes. */
  readonly codes: readonly string[];
}

/** What differs between correct servers, and which of it this target does. */
export interface Policies {
  /** How a repeated request with a completed key is answered. */
  readonly replay: {
    readonly paymentStatus: number;
    readonly orderStatus: number;
    readonly chargeStatus: number;
    /** Header that marks a replay, if there is one. */
    readonly header?: { readonly name: string; readonly value: string };
    /** `bytes`: the very text of the original; `fields`: the same values, in any order and with additions. */
    readonly body: 'bytes' | 'fields';
  };
  /** Duplicates that arrive while the first is processed: they wait, are refused as `in-progress`, or either. */
  readonly inFlightDuplicates: 'wait' | 'refuse' | 'either';
  /** Whether a refused payment's key stays refused, so that a later try needs a new one. */
  readonly refusalsAreRemembered: boolean;
  /** Where too little balance is noticed. */
  readonly balanceIsCheckedAt: 'order' | 'payment';
  /** Where too little stock is noticed: at the order, or only when it is paid. */
  readonly stockIsCheckedAt: 'order' | 'payment';
  /** Where stock goes down. */
  readonly stockIsTakenAt: 'order' | 'payment';
  /** How often a racer that was refused as `in-progress` may try again before that counts as a failure. */
  readonly retriesOfARacer: number;
  readonly key: {
    /** `header` sends it in the header of that name instead of the body's field. */
    readonly in: 'body' | 'header';
    readonly headerName: string;
    /** Longest key in characters. */
    readonly maxLength: number;
  };
}

/** Where the target keeps what the suite seeds and checks: table and column names. */
export interface Tables {
  readonly users: { readonly table: string; readonly id: string; readonly name: string; readonly email: string };
  readonly balances: { readonly table: string; readonly userId: string; readonly balance: string };
  readonly products: {
    readonly table: string;
    readonly id: string;
    readonly name: string;
    readonly price: string;
    readonly stock: string;
  };
  readonly orders: {
    readonly table: string;
    readonly id: string;
    readonly userId: string;
    readonly total: string;
    readonly status: string;
  };
  readonly orderItems: {
    readonly table: string;
    readonly orderId: string;
    readonly productId: string;
    readonly quantity: string;
  };
  readonly payments: {
    readonly table: string;
    readonly id: string;
    readonly orderId: string;
    readonly userId: string;
    readonly amount: string;
  };
  /**
   * Tables of idempotency keys, if the target has them; a user's rows are removed with the user. With `expiresAt`, a
   * date and time, the scenarios also try keys that have expired.
   */
  readonly keys: readonly { readonly table: string; readonly userId: string; readonly expiresAt?: string }[];
}

/** One file describes one target: `helpers/targets/NAME.ts`, chosen by `TARGET=NAME`. */
export interface TargetProfile {
  readonly name: string;
  readonly endpoints: {
    /** Any answer below 500 means that the API is there. */
    readonly health: Endpoint;
    readonly getBalance: Endpoint & { readonly answer: AnswerPaths<'userId' | 'balance'> };
    readonly chargeBalance: EndpointWithBody<'amount' | 'idempotencyKey'> & {
      readonly answer: AnswerPaths<'userId' | 'balance' | 'chargedAmount' | 'chargedAt'>;
    };
    readonly getProduct: Endpoint & { readonly answer: AnswerPaths<'productId' | 'name' | 'price' | 'stock'> };
    readonly createOrder: EndpointWithBody<'userId' | 'items' | 'productId' | 'quantity' | 'idempotencyKey'> & {
      readonly answer: AnswerPaths<OrderField>;
      readonly item: AnswerPaths<'productId' | 'productName' | 'quantity' | 'unitPrice' | 'subtotal'>;
    };
    readonly getOrder: Endpoint & { readonly answer: AnswerPaths<OrderField | 'paidAt'> };
    readonly cancelOrder: EndpointWithBody<'userId'> & { readonly answer: AnswerPaths<OrderField> };
    readonly pay: EndpointWithBody<'userId' | 'amount' | 'idempotencyKey'> & {
      readonly answer: AnswerPaths<'paymentId' | 'orderId' | 'paidAmount' | 'remainingBalance' | 'status' | 'paidAt'>;
      /** The answer's `status` of a payment that went through. */
      readonly successStatus: string;
    };
  };
  /** The target's words for the states of an order, in answers and in its table. */
  readonly orderStatus: { readonly pending: string; readonly paid: string; readonly cancelled: string };
  /** Where an error says its code and its message. */
  readonly errors: AnswerPaths<'code' | 'message'>;
  readonly refusals: Readonly<Record<NamedReason, RefusalForm>>;
  readonly policies: Policies;
  readonly tables: Tables;
}

type OrderField =
  | 'orderId'
  | 'orderNumber'
  | 'userId'
  | 'items'
  | 'subtotalAmount'
  | 'discountAmount'
  | 'totalAmount'
  | 'status'
  | 'createdAt';
