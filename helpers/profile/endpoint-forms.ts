import { UserError } from '../text/user-error.ts';
import type { Json } from '../text/json.ts';

/** One call of the API. `{name}` in the path is filled in from the call's arguments. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** @example '/api/orders/{orderId}/payment' @example '/wallet?user={userId}' */
  readonly path: string;
  /** Status of a success. */
  readonly success: number;
}

/** The place of the idempotency key in a request. */
export interface KeyPlace {
  readonly in: 'body' | 'header';
  /** The body's field, or the header. @example 'idempotencyKey' @example 'Idempotency-Key' */
  readonly name: string;
}

/**
 * An endpoint with a JSON body: the suite's name of a field → the target's name of it, dotted where it lies deeper.
 * A field that the target does not take is left out, and so not sent.
 */
interface EndpointWithBody<Required extends string, Optional extends string = never> extends Endpoint {
  readonly body: Readonly<Record<Required, string>> & Readonly<Partial<Record<Optional, string | undefined>>>;
  /**
   * Fields that are always sent with these values; their names are dotted where they lie deeper.
   *
   * @example { paymentMethod: 'BALANCE', 'shippingAddress.city': 'Seoul' }
   */
  readonly constants?: Readonly<Record<string, Json>>;
  /** Left out: this endpoint knows no idempotency keys. */
  readonly key?: KeyPlace | undefined;
}

/**
 * Paths of an answer's fields: the suite's name → a path into the target's JSON. A field that the target does not send
 * is left out; one that is named must be in every answer.
 *
 * @example { orderId: 'data.order.id', totalAmount: 'data.order.total' }
 */
type AnswerPaths<Required extends string, Optional extends string = never> = Readonly<Record<Required, string>> &
  Readonly<Partial<Record<Optional, string | undefined>>>;

/**
 * The place of a list in an answer: what is looked up is the item whose id is the one that was asked for, and the paths of
 * `answer` begin there; `''` where the answer itself is the list.
 *
 * @example { path: '/orders?userId={userId}', inList: 'data.content', answer: { orderId: 'id', totalAmount: 'total' } }
 */
interface Listed {
  readonly inList?: string;
}

/** Stands for an endpoint that the target lacks; the scenarios that need it are not applicable. */
export interface NotOffered {
  /** The reason, for the report. */
  readonly notOffered: string;
}

/** Declares that the target lacks an endpoint. @example cancelOrder: notOffered('orders cannot be cancelled') */
export const notOffered = (why: string): NotOffered => ({ notOffered: why });

/** Returns what the target has of a kind; undefined where it lacks it. @example offered(tables.balances)?.table */
export const offered = <Form extends object>(form: Form | NotOffered): Form | undefined =>
  isMissing(form) ? undefined : form;

/**
 * Returns what the target has of a kind, for what cannot do without it.
 *
 * @throws UserError that names what is lacking, and why.
 */
export function needed<Form extends object>(form: Form | NotOffered, what: string): Form {
  if (isMissing(form)) throw new UserError(`This needs ${what}, which this target lacks: ${form.notOffered}.`);
  return form;
}

/** Returns whether the target has an endpoint. */
export const isOffered = <Form extends object>(endpoint: Form | NotOffered): endpoint is Form => !isMissing(endpoint);

/** Returns whether the target lacks an endpoint. */
export const isMissing = (endpoint: object): endpoint is NotOffered => 'notOffered' in endpoint;

/** A field of an order line in an answer. */
type LineField = 'productId' | 'productName' | 'quantity' | 'unitPrice' | 'subtotal';

type OrderField =
  'orderNumber' | 'userId' | 'items' | 'subtotalAmount' | 'discountAmount' | 'status' | 'createdAt' | 'paidAt';

/** The calls of the API and the fields of their answers. Only `createOrder` is required. */
export interface Endpoints {
  /**
   * Any answer below 500 means that the API is up. `says` lists the fields that its answer must have; left out where
   * none are promised. @example { status: 'UP' }
   */
  readonly health: (Endpoint & { readonly says?: Readonly<Record<string, Json>> | undefined }) | NotOffered;
  readonly getBalance: (Endpoint & { readonly answer: AnswerPaths<'balance', 'userId'> }) | NotOffered;
  readonly chargeBalance:
    | (EndpointWithBody<'amount', 'userId'> & {
        readonly answer: AnswerPaths<'balance', 'userId' | 'chargedAmount' | 'chargedAt'>;
      })
    | NotOffered;
  readonly getProduct:
    (Endpoint & Listed & { readonly answer: AnswerPaths<'price' | 'stock', 'productId' | 'name'> }) | NotOffered;
  /**
   * Without `items`, an order has one line, and its product and quantity stand in the body itself. `unitPrice` is for
   * targets that demand it of a line: the price is sent as it is. A total that is not answered is reckoned from the prices.
   *
   * @example { body: { items: 'lines', productId: 'sku', quantity: 'qty', unitPrice: 'price' } }
   */
  readonly createOrder: EndpointWithBody<'productId' | 'quantity', 'userId' | 'items' | 'unitPrice'> & {
    readonly answer: AnswerPaths<never, OrderField | 'orderId' | 'totalAmount'>;
    /** The header whose path ends with the order's id, where `answer` has no `orderId`. @example 'Location' */
    readonly idInHeader?: string | undefined;
    readonly item: AnswerPaths<never, LineField>;
  };
  readonly getOrder:
    (Endpoint & Listed & { readonly answer: AnswerPaths<'totalAmount', OrderField | 'orderId'> }) | NotOffered;
  readonly cancelOrder:
    | (EndpointWithBody<never, 'userId' | 'orderId'> & {
        readonly answer: AnswerPaths<never, OrderField | 'orderId' | 'totalAmount'>;
      })
    | NotOffered;
  /**
   * The order is named in the path, or in the body as `orderId`. Missing where orders are never paid, or are paid by the
   * call that places them: then the order's first state is `orderStatus.pending`, whatever the target's word for it.
   *
   * @example notOffered('POST /orders/complete places and pays an order')
   */
  readonly pay:
    | (EndpointWithBody<never, 'userId' | 'orderId' | 'amount'> & {
        readonly answer: AnswerPaths<
          never,
          'paymentId' | 'orderId' | 'paidAmount' | 'remainingBalance' | 'status' | 'paidAt'
        >;
        /** `required`: a payment without its amount is refused. Default: the order's total is paid in any case. */
        readonly amount?: 'optional' | 'required';
        /** The answer's `status` of a successful payment. */
        readonly successStatus?: string;
      })
    | NotOffered;
}
