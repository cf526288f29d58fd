import type { Authentication } from './authentication.ts';
import type { HeaderValue } from './headers.ts';
import type { Endpoints } from './endpoint-forms.ts';
import type { Policies } from './policies.ts';
import type { Gateway } from './gateway.ts';
import type { RefusalForm, RequiredReason } from './refusal-forms.ts';
import type { Tables } from './tables.ts';

/** The type of ids in the target's JSON; UUIDs are strings. */
export type IdForm = 'number' | 'string';

/** Where errors say what. Where they have several forms, the message has the path of each. @example ['detail', 'message'] */
export interface ErrorForm {
  readonly code?: string | undefined;
  readonly message?: string | readonly string[] | undefined;
  readonly timestamp?: string | undefined;
}

/** Returns the paths at which an error may have a field; none where the profile names none. */
export const errorPaths = (path: string | readonly string[] = []): readonly string[] =>
  typeof path === 'string' ? [path] : path;

/** The notation of amounts. The suite itself counts in the smallest unit, in integers. */
export interface MoneyForm {
  /** Digits behind the decimal point: 0 for won and yen, 2 for cents. */
  readonly decimals: number;
  /** 1050 (`minor-units`), "10.50" (`decimal-string`) or 10.5 (`decimal-number`). */
  readonly inJson: 'minor-units' | 'decimal-string' | 'decimal-number';
  /** An integer column (`minor-units`) or a DECIMAL one. */
  readonly inTables: 'minor-units' | 'decimal';
  /** Largest amount that the columns hold, in the smallest unit, where that is less than 2^53. @example 2_147_483_647 */
  readonly largest?: number;
}

/** One file describes one target: `helpers/profile/targets/NAME.ts`, chosen by `TARGET=NAME`. */
export interface TargetProfile {
  readonly name: string;
  /** Left out where the API needs no authentication. */
  readonly authentication?: Authentication;
  /**
   * Further headers that every request has to have, such as those that a gateway demands. Where the values are secrets,
   * they come from the environment.
   *
   * @example { 'X-Tenant-Id': 'acme', 'X-User-Id': '{userId}', 'X-Gateway-Key': { fromEnvironment: 'API_HEADER_GATEWAY' } }
   */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  readonly ids: Readonly<Record<'user' | 'product' | 'order' | 'payment', IdForm>>;
  readonly money: MoneyForm;
  readonly endpoints: Endpoints;
  /** The target's words for the states of an order, in answers and in its table. */
  readonly orderStatus: {
    readonly pending: string;
    readonly paid: string;
    readonly cancelled: string;
    /**
     * Words for states that a paid order moves on to, as its table takes them. Scenarios set them there, to see that
     * the payment is replayed and not made again. Default: none.
     *
     * @example ['SHIPPED', 'DELIVERED', 'REFUNDED']
     */
    readonly later?: readonly string[];
    /** Words for orders that were refused and left a row all the same: they take neither money nor stock. Default: none. */
    readonly refused?: readonly string[];
  };
  /** Paths of an error's code, message and time, as far as it has them. @example { message: 'detail' } */
  readonly errors: ErrorForm;
  /** Of a payment that the gateway `declined`, where it is not told by its words. @example { status: 402, codes: ['PAY005'] } */
  readonly refusals: Readonly<Record<RequiredReason, RefusalForm>> & { readonly declined?: RefusalForm };
  readonly policies: Policies;
  /** Left out where payments need no approval of a gateway, or its sandbox cannot be made to misbehave. */
  readonly gateway?: Gateway;
  readonly tables: Tables;
}

const defined = new WeakSet<object>();

/**
 * Marks an object as a target profile: a profile's file exports it by default.
 *
 * @example export default defineTarget({ ...reference, name: 'my-shop', … });
 */
export function defineTarget<Profile extends TargetProfile>(profile: Profile): Profile {
  defined.add(profile);
  return profile;
}

/** Returns whether a value was made by `defineTarget`. */
export const isTargetProfile = (value: unknown): value is TargetProfile =>
  typeof value === 'object' && value !== null && defined.has(value);
