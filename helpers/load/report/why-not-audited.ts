import type { LoadLedger } from '../measure/load-summary.ts';

/** Returns why the tables were not audited, to go on after "not audited". @example ' (without a database)' */
export const whyNotAudited = ({ notAudited }: LoadLedger): string =>
  notAudited === undefined ? '' : ` (${notAudited})`;
