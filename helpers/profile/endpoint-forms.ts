import type { Json } from '../text/json.ts';

/** One call of the API. `{name}` in the path is filled in from the call's arguments. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** @example '/api/orders/{orderId}/payment' @example '/wallet?user={userId}' */
  readonly path: string;
  /** Status of a success. */
  readonly success: number;
}

/** Where a request carries its idempotency key. */
export interface KeyPlace {
  readonly in: 'body' | 'header';
  /** The body's field, or the header. @example 'idempotencyKey' @example 'Idempotency-Key' */
  readonly name: string;
}

/**
 * An endpoint with a JSON body: the suite's name of a field → the target's name of it, dotted where it lies deeper.
 * A field that the target does not take is left out, and so not sent.
 */
export interface EndpointWithBody<Required extends string, Optional extends string = never> extends Endpoint {
  readonly body: Readonly<Record<Required, string>> & Readonly<Partial<Record<Optional, string | undefined>>>;
  /** Fields that are always sent with these values. @example { paymentMethod: 'BALANCE' } */
  readonly constants?: Readonly<Record<string, Json>>;
  /** Left out: this endpoint knows no idempotency keys. */
  readonly key?: KeyPlace | undefined;
}

/**
 * Where a field of an answer stands: the suite's name → a path into the target's JSON. What the target does not say is
 * left out; what is named must be there in every answer.
 *
 * @example { orderId: 'data.order.id', totalAmount: 'data.order.total' }
 */
export type AnswerPaths<Required extends string, Optional extends string = never> = Readonly<Record<Required, string>> &
  Readonly<Partial<Record<Optional, string | undefined>>>;

/** In place of an endpoint: the target has none, and the scenarios that need it are not applicable. */
export interface NotOffered {
  /** Why, for the report. */
  readonly notOffered: string;
}

/** Declares that the target lacks an endpoint. @example cancelOrder: notOffered('orders cannot be cancelled') */
export const notOffered = (why: string): NotOffered => ({ notOffered: why });

/** Whether the target has an endpoint. */
export const isOffered = <Form extends object>(endpoint: Form | NotOffered): endpoint is Form => !isMissing(endpoint);

/** Whether the target lacks an endpoint. */
export const isMissing = (endpoint: object): endpoint is NotOffered => 'notOffered' in endpoint;

/** What an order's answer says of one line. */
export type LineField = 'productId' | 'productName' | 'quantity' | 'unitPrice' | 'subtotal';

type OrderField =
  'orderNumber' | 'userId' | 'items' | 'subtotalAmount' | 'discountAmount' | 'status' | 'createdAt' | 'paidAt';

/** The API: its calls, and where their answers say what. `createOrder` and `pay` are what the suite is about. */
export interface Endpoints {
  /**
   * Any answer below 500 means that the API is there. What it then says at least stands in `says`; left out where that
   * is not promised. @example { status: 'UP' }
   */
  readonly health: (Endpoint & { readonly says?: Readonly<Record<string, Json>> | undefined }) | NotOffered;
  readonly getBalance: (Endpoint & { readonly answer: AnswerPaths<'balance', 'userId'> }) | NotOffered;
  readonly chargeBalance:
    | (EndpointWithBody<'amount', 'userId'> & {
        readonly answer: AnswerPaths<'balance', 'userId' | 'chargedAmount' | 'chargedAt'>;
      })
    | NotOffered;
  readonly getProduct:
    (Endpoint & { readonly answer: AnswerPaths<'price' | 'stock', 'productId' | 'name'> }) | NotOffered;
  /** Without `items`, an order has one line, and its product and quantity stand in the body itself. */
  readonly createOrder: EndpointWithBody<'productId' | 'quantity', 'userId' | 'items'> & {
    readonly answer: AnswerPaths<'orderId' | 'totalAmount', OrderField>;
    readonly item: AnswerPaths<never, LineField>;
  };
  readonly getOrder: (Endpoint & { readonly answer: AnswerPaths<'totalAmount', OrderField | 'orderId'> }) | NotOffered;
  readonly cancelOrder:
    | (EndpointWithBody<never, 'userId' | 'orderId'> & {
        readonly answer: AnswerPaths<never, OrderField | 'orderId' | 'totalAmount'>;
      })
    | NotOffered;
  /** The order is named in the path, or in the body as `orderId`. */
  readonly pay: EndpointWithBody<never, 'userId' | 'orderId' | 'amount'> & {
    readonly answer: AnswerPaths<
      never,
      'paymentId' | 'orderId' | 'paidAmount' | 'remainingBalance' | 'status' | 'paidAt'
    >;
    /** The answer's `status` of a payment that went through. */
    readonly successStatus?: string;
  };
}
