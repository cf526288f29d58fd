import { combinedVariant } from '../../fixtures/shops/reference/variants/combined-variant.ts';
import type { Variant } from '../../fixtures/shops/reference/variants/variant.ts';

/** Differences, none of which hides another one of its shop. */
const together: readonly (readonly string[])[] = [
  [
    'duplicates-refused-by-row-lock',
    'refusals-logged',
    'payment-outbox',
    'other-wording',
    'times-with-hours-of-offset',
    'keys-in-one-table',
  ],
  [
    'late-notices',
    'last-payment-noted',
    'extra-fields',
    'balances-by-trigger',
    'skus-per-tenant',
    'statuses-required',
    'key-times-in-milliseconds',
    'times-with-zone-name',
    'connection-close',
  ],
  [
    'payments-in-circles',
    'expiry-checked',
    'deadlocks-retried',
    'balances-remembered',
    'compressed-chunked',
    'sequence-of-lines-counts',
    'times-with-offset',
    'english-messages',
  ],
  [
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
  ],
  ['optimistic-locking', 'ascii-json', 'other-header-names', 'details-object', 'payer-named', 'payments-point-at-keys'],
  ['balances-cached', 'products-cached'],
];

/**
 * Variants that call the step which they replace, and add to it: another one of their shop that comes before them in the
 * list of all variants may have replaced that step as well.
 */
export const wrapping: readonly string[] = [
  'other-cause-first',
  'pretty-printed',
  'missing-user-is-nobody',
  'empty-order-key-is-none',
];

/** A shop of the matrix, and the variants that it is at once. */
export interface VariantShop {
  readonly shop: Variant;
  readonly variants: readonly Variant[];
}

/**
 * The shops that are, all in all, every one of some variants.
 *
 * @param apart whether each variant gets a shop of its own.
 */
export function variantShops(variants: readonly Variant[], apart: boolean): VariantShop[] {
  const groups = together.map((names) => variants.filter(({ name }) => names.includes(name)));
  const shared = apart ? [] : groups.filter(({ length }) => length > 1);
  const alone = variants.filter((variant) => !shared.flat().includes(variant)).map((variant) => [variant]);
  return [...shared, ...alone].map((group) => ({ shop: combinedVariant(group), variants: group }));
}
