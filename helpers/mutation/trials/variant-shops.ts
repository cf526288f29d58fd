import { combinedVariant } from '../../../fixtures/shops/reference/variants/combined-variant.ts';
import type { Variant } from '../../../fixtures/shops/reference/variants/variant.ts';

interface Group {
  /** Each is applied to the shop of those before it, and hides none of them. */
  readonly names: readonly string[];
  /** The profile that declares the choices of all of them, where they have different ones. */
  readonly profile?: string;
}

const together: readonly Group[] = [
  {
    names: [
      'looked-up-in-lists',
      'lines-in-column',
      'deadlocks-retried',
      'sequence-of-lines-counts',
      'lines-refused-one-by-one',
      'english-messages',
      'times-with-offset',
      'compressed-chunked',
      'expiry-checked',
      'payments-in-circles',
      'gateway-by-amount',
      'balances-remembered',
    ],
    profile: 'fixtures/shops/targets/gateway-and-lists.ts',
  },
  {
    names: [
      'duplicates-refused',
      'slow-payments',
      'stale-stock-told',
      'lines-kept-apart',
      'amounts-in-details',
      'retry-after',
      'other-cause-first',
      'times-without-zone',
      'pretty-printed',
      'short-keep-alive',
      'lenient-json',
      'missing-user-is-nobody',
      'empty-order-key-is-none',
      'english-for-en-only',
      'charge-key-reuse-is-bad-amount',
      'big-ids',
      'order-number-of-digits',
      'keys-take-payments',
      'user-without-balance-unknown',
      'skus-per-tenant',
      'statuses-required',
    ],
  },
  {
    names: [
      'stock-at-order',
      'orders-demand-keys',
      'keys-of-everybody',
      'balance-at-order',
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
    names: [
      'codes-shared',
      'lost-connections-retried',
      'lock-waits-of-a-second',
      'optimistic-locking',
      'keys-in-one-table',
      'refusals-logged',
      'payment-outbox',
      'times-with-hours-of-offset',
    ],
    profile: 'fixtures/shops/targets/codes-and-lock-waits.ts',
  },
  {
    names: [
      'details-object',
      'payer-named',
      'ascii-json',
      'other-header-names',
      'keys-of-orders',
      'refused-orders-kept',
      'gateway-in-transaction',
      'duplicates-refused-by-row-lock',
    ],
    profile: 'fixtures/shops/targets/many-means.ts',
  },
  {
    names: ['refusals-in-plain-text', 'balance-taken-at-order', 'keys-leased', 'prices-in-lines', 'orders-in-location'],
    profile: 'fixtures/shops/targets/texts-and-leases.ts',
  },
  {
    names: ['payments-in-steps', 'messages-alone', 'coupons-applied', 'payments-point-at-keys'],
    profile: 'fixtures/shops/targets/steps-and-messages.ts',
  },
  {
    names: [
      'gateway-in-steps',
      'busy-answered-503',
      'other-wording',
      'extra-fields',
      'times-with-zone-name',
      'connection-close',
      'balances-by-trigger',
      'key-times-in-milliseconds',
      'last-payment-noted',
      'late-notices',
    ],
    profile: 'fixtures/shops/targets/gateway-by-header.ts',
  },
];

/**
 * Variants that call the step which they replace, and add to it: another one of their shop that comes before them may
 * have replaced that step as well.
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
  'balances-remembered',
  'refused-orders-kept',
  'lock-waits-of-a-second',
  'orders-in-location',
  'late-notices',
  'refusals-logged',
  'messages-alone',
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
 * Returns the shops that are, all in all, every one of some variants.
 *
 * @param apart whether each variant gets a shop of its own.
 */
export function variantShops(variants: readonly Variant[], apart: boolean): VariantShop[] {
  const groups = together.map(({ names, profile }) => ({
    profile,
    members: names.flatMap((name) => variants.filter((variant) => variant.name === name)),
  }));
  const shared = apart ? [] : groups.filter(({ members }) => members.length > 1);
  const isAlone = (variant: Variant): boolean => !shared.some(({ members }) => members.includes(variant));
  return [
    ...shared.map(({ members, profile }) => shopOf(members, profile)),
    ...variants.filter(isAlone).map((variant) => shopOf([variant])),
  ];
}

/**
 * Returns the shops of those variants of a shop that have the same profile, where it has several: what does not apply
 * to their shop may apply to them.
 */
export function partsOf({ variants }: VariantShop): VariantShop[] {
  const profiles = [...new Set(variants.map(({ profile }) => profile))];
  if (profiles.length === 1) return [];
  return profiles.map((wanted) => shopOf(variants.filter(({ profile }) => profile === wanted)));
}
