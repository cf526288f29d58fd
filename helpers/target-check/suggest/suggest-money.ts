import { moneyCodec } from '../../profile/money-codec.ts';
import type { MoneyForm } from '../../profile/target-profile.ts';

const likelyDecimals = [0, 2, 3, 1, 4];
const forms = ['minor-units', 'decimal-string', 'decimal-number'] as const;

/** Returns whether a value of the target's JSON equals an amount in the tables. */
const says = (form: MoneyForm, value: unknown, inTable: number | string): boolean =>
  moneyCodec(form).fromJson(value) === moneyCodec(form).fromTable(inTable);

/**
 * Returns the form of money in which a value of the target's JSON equals an amount in the tables: the profile's own
 * form if possible, else the one with the fewest differences from it, else `undefined`.
 *
 * @param amount in the smallest unit of the profile's form.
 */
export function moneyFormOf(value: unknown, amount: number, profile: MoneyForm): MoneyForm | undefined {
  const inTable = moneyCodec(profile).toTable(amount);
  const candidates = [profile.decimals, ...likelyDecimals].flatMap((decimals) =>
    [profile.inJson, ...forms].map((inJson) => ({ ...profile, decimals, inJson })),
  );
  const differences = (form: MoneyForm): number =>
    Number(form.decimals !== profile.decimals) + Number(form.inJson !== profile.inJson);
  return candidates
    .filter((form) => says(form, value, inTable))
    .toSorted((one, other) => differences(one) - differences(other))[0];
}

/** Returns the form of money in which a value of unknown amount can be read. */
export function readableMoneyForm(value: unknown, profile: MoneyForm): MoneyForm | undefined {
  const readable = (form: MoneyForm): boolean => moneyCodec(form).fromJson(value) >= 0;
  if (readable(profile)) return profile;
  const digits =
    typeof value === 'string' || typeof value === 'number' ? (String(value).split('.')[1]?.length ?? 0) : 0;
  const inJson = typeof value === 'string' ? 'decimal-string' : digits > 0 ? 'decimal-number' : 'minor-units';
  const form: MoneyForm = { ...profile, inJson, decimals: Math.max(profile.decimals, digits) };
  return digits <= 4 && readable(form) ? form : undefined;
}
