import type { RefusalSummary } from '../measure/load-summary.ts';

/** Returns the status and code that a refusal came with: `409 PAY001`, `no answer`. */
export const refusalAnswer = ({ status, code }: Pick<RefusalSummary, 'status' | 'code'>): string =>
  status === undefined ? 'no answer' : [status, code].filter((part) => part !== undefined).join(' ');

/** Returns a refusal's stage, cause and answer: `payment balance (409 PAY001)`. */
export const refusalName = (refusal: RefusalSummary): string =>
  `${refusal.stage} ${refusal.reason} (${refusalAnswer(refusal)})`;
