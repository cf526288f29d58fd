import type { NotOffered } from './endpoint-forms.ts';

/** Columns that get the same value in every row that the suite inserts: column → value. */
type Fixed = Readonly<Record<string, string | number>>;

/** Lines of orders that are rows. */
export interface LinesInTable {
  readonly table: string;
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: string;
  /** Cost of the line before any discount, if there is a column for it. */
  readonly subtotal?: string;
}

/**
 * Lines of orders that are a JSON array in a column of the orders' table; `productId` and `quantity` are paths in one of
 * them. @example { inColumn: 'items', productId: 'product.id', quantity: 'qty' }
 */
interface LinesInColumn {
  readonly inColumn: string;
  readonly productId: string;
  readonly quantity: string;
}

/** Returns the table of the lines; undefined where they are in a column of the orders. */
export const lineTable = ({ orderItems }: Tables): LinesInTable | undefined =>
  'inColumn' in orderItems ? undefined : orderItems;

/** A call that may carry an idempotency key. */
export type KeyedCall = 'pay' | 'createOrder' | 'chargeBalance';

/**
 * The names of the target's tables and columns that the suite seeds and checks. Further columns that must be filled
 * (times, versions, anything NOT NULL without a default) are found in the schema.
 */
export interface Tables {
  readonly users: {
    readonly table: string;
    readonly id: string;
    /**
     * Name or e-mail mark the suite's own rows. A table that has neither can be used; users that a killed run has left
     * then stay, since nothing tells them from others.
     */
    readonly name?: string;
    readonly email?: string;
    readonly fixed?: Fixed;
  };
  /**
   * May be the table of the users, with their id as `userId`. Missing where users hold no balance: the promises about
   * orders, payments and stock still hold. @example notOffered('payments are by card')
   */
  readonly balances:
    | {
        readonly table: string;
        readonly userId: string;
        readonly balance: string;
        readonly fixed?: Fixed;
      }
    | NotOffered;
  readonly products: {
    readonly table: string;
    readonly id: string;
    readonly name: string;
    readonly price: string;
    readonly stock: string;
    readonly fixed?: Fixed;
  };
  readonly orders: {
    readonly table: string;
    readonly id: string;
    readonly userId: string;
    readonly total: string;
    /** Cost of all lines before any discount, if there is a column for it. */
    readonly subtotal?: string;
    readonly status: string;
  };
  readonly orderItems: LinesInTable | LinesInColumn;
  /** Missing where no row but the order's own says that it is paid, and nobody pays it by a call of its own. */
  readonly payments:
    | {
        readonly table: string;
        readonly id: string;
        readonly orderId: string;
        /** Left out where a payment always belongs to the owner of its order. */
        readonly userId?: string;
        readonly amount: string;
        /** The column that marks a successful payment, and its value, where failed attempts are rows too. */
        readonly succeeded?: { readonly column: string; readonly value: string };
      }
    | NotOffered;
  /**
   * What a payment gateway has charged for orders, where the target or the gateway's sandbox keeps it in a table of this
   * database: a row a charge. `succeeded` marks those that count, where declined or refunded ones are rows too. Default:
   * what the gateway has charged is not compared.
   */
  readonly charges?: {
    readonly table: string;
    readonly orderId: string;
    readonly amount: string;
    readonly succeeded?: { readonly column: string; readonly value: string };
  };
  /**
   * Tables of idempotency keys, if the target has them; a user's rows are removed with the user. A table without a column
   * of the user has one of the order, `orderId`. With `expiresAt`, a
   * date and time, the scenarios also try keys that have expired. With `optional`, only some of the targets that the
   * profile describes have the table. Of a table that keeps the keys of some calls only, `of` names them: a payment
   * must leave a row in one of those that keep its keys.
   */
  readonly keys: readonly {
    readonly table: string;
    readonly userId?: string;
    readonly orderId?: string;
    readonly expiresAt?: string;
    readonly optional?: boolean;
    readonly of?: readonly KeyedCall[];
  }[];
}
