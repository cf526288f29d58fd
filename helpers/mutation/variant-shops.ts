import { combinedVariant } from '../../fixtures/shops/reference/variants/combined-variant.ts';
import type { Variant } from '../../fixtures/shops/reference/variants/variant.ts';

/** Differences, none of which replaces a step that another one of its shop replaces too, and would hide. */
const together: readonly (readonly string[])[] = [
  [
    'duplicates-refused-by-row-lock',
    'refusals-logged',
    'payment-outbox',
    'other-wording',
    'times-with-hours-of-offset',
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
    'keys-in-one-table',
  ],
  ['ascii-json', 'other-header-names', 'details-object', 'payer-named', 'payments-point-at-keys'],
  [
    'slow-payments',
    'duplicates-refused',
    'stale-stock-told',
    'lines-kept-apart',
    'times-without-zone',
    'empty-order-key-is-none',
    'big-ids',
  ],
  ['balances-cached', 'products-cached'],
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
