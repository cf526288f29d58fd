import { combinedVariant } from '../../../fixtures/shops/reference/variants/combined-variant.ts';
import type { Variant } from '../../../fixtures/shops/reference/variants/variant.ts';

interface Group {
  /** None of which hides another one of the group. */
  readonly names: readonly string[];
  /** The profile that declares the choices of all of them, where they have different ones. */
  readonly profile?: string;
}

const together: readonly Group[] = [
  {
    names: [
      'duplicates-refused-by-row-lock',
      'refusals-logged',
      'payment-outbox',
      'other-wording',
      'times-with-hours-of-offset',
      'keys-in-one-table',
      'no-keys',
    ],
    profile: 'fixtures/shops/targets/no-keys.ts',
  },
  {
    names: [
      'late-notices',
      'last-payment-noted',
      'extra-fields',
      'balances-by-trigger',
      'skus-per-tenant',
      'statuses-required',
      'key-times-in-milliseconds',
      'times-with-zone-name',
      'connection-close',
      'no-keys-answered-again',
    ],
    profile: 'fixtures/shops/targets/no-keys.ts',
  },
  {
    names: [
      'payments-in-circles',
      'expiry-checked',
      'deadlocks-retried',
      'balances-remembered',
      'compressed-chunked',
      'sequence-of-lines-counts',
      'lines-refused-one-by-one',
      'times-with-offset',
      'english-messages',
    ],
  },
  {
    names: [
      'slow-payments',
      'duplicates-refused',
      'stale-stock-told',
      'lines-kept-apart',
      'times-without-zone',
      'empty-order-key-is-none',
      'big-ids',
      'keys-take-payments',
      'pretty-printed',
      'order-number-of-digits',
      'retry-after',
      'short-keep-alive',
      'amounts-in-details',
      'other-cause-first',
      'lenient-json',
      'missing-user-is-nobody',
      'charge-key-reuse-is-bad-amount',
      'english-for-en-only',
      'user-without-balance-unknown',
    ],
  },
  {
    names: [
      'orders-demand-keys',
      'keys-of-everybody',
      'balance-at-order',
      'stock-at-order',
      'balances-cached',
      'products-cached',
      'refusals-remembered',
      'header-key',
    ],
    profile: 'fixtures/shops/targets/many-policies.ts',
  },
  {
    names: [
      'paid-orders-refunded',
      'second-cancellation-answered',
      'payers-unnamed',
      'amounts-required',
      'small-amounts',
      'orders-move-on',
      'balances-opened-with-users',
      'text-amounts-read',
    ],
    profile: 'fixtures/shops/targets/many-habits.ts',
  },
  {
    names: ['codes-shared', 'lock-waits-of-a-second', 'lost-connections-retried'],
    profile: 'fixtures/shops/targets/codes-and-lock-waits.ts',
  },
  {
    names: [
      'gateway-in-transaction',
      'keys-of-orders',
      'refused-orders-kept',
      'details-object',
      'payer-named',
      'ascii-json',
      'other-header-names',
    ],
    profile: 'fixtures/shops/targets/many-means.ts',
  },
  {
    names: ['messages-alone', 'coupons-applied', 'optimistic-locking', 'payments-point-at-keys'],
    profile: 'fixtures/shops/targets/discounts-in-messages.ts',
  },
  {
    names: ['refusals-in-plain-text', 'balance-taken-at-order'],
    profile: 'fixtures/shops/targets/text-and-balance-at-order.ts',
  },
  {
    names: ['gateway-by-amount', 'looked-up-in-lists', 'lines-in-column'],
    profile: 'fixtures/shops/targets/gateway-and-lists.ts',
  },
  {
    names: ['gateway-in-steps', 'busy-answered-503'],
    profile: 'fixtures/shops/targets/gateway-by-header.ts',
  },
];

/**
 * Variants that call the step which they replace, and add to it: another one of their shop that comes before them in the
 * list of all variants may have replaced that step as well.
 */
export const wrapping: readonly string[] = [
  'other-cause-first',
  'pretty-printed',
  'user-without-balance-unknown',
  'balances-opened-with-users',
  'missing-user-is-nobody',
  'empty-order-key-is-none',
  'refusals-remembered',
  'balance-at-order',
  'products-cached',
  'gateway-by-amount',
  'refused-orders-kept',
  'lock-waits-of-a-second',
];

/** A shop of the matrix, and the variants that it is at once. */
export interface VariantShop {
  readonly shop: Variant;
  readonly variants: readonly Variant[];
}

const shopOf = (variants: readonly Variant[], profile?: string): VariantShop => ({
  shop: combinedVariant(variants, profile),
  variants,
});

/**
 * The shops that are, all in all, every one of some variants.
 *
 * @param apart whether each variant gets a shop of its own.
 */
export function variantShops(variants: readonly Variant[], apart: boolean): VariantShop[] {
  const groups = together.map(({ names, profile }) => ({
    profile,
    members: variants.filter(({ name }) => names.includes(name)),
  }));
  const shared = apart ? [] : groups.filter(({ members }) => members.length > 1);
  const isAlone = (variant: Variant): boolean => !shared.some(({ members }) => members.includes(variant));
  return [
    ...shared.map(({ members, profile }) => shopOf(members, profile)),
    ...variants.filter(isAlone).map((variant) => shopOf([variant])),
  ];
}

/**
 * The shops of those variants of a shop that have the same profile, where it has several: what does not apply to their
 * shop may apply to them.
 */
export function partsOf({ variants }: VariantShop): VariantShop[] {
  const profiles = [...new Set(variants.map(({ profile }) => profile))];
  if (profiles.length === 1) return [];
  return profiles.map((wanted) => shopOf(variants.filter(({ profile }) => profile === wanted)));
}
