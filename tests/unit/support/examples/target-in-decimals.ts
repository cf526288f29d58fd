import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** The reference target, but for amounts with two digits behind the decimal point: 2000 is 20.00. */
export const inDecimals: TargetProfile = {
  ...reference,
  money: { decimals: 2, inJson: 'decimal-number', inTables: 'decimal' },
};
