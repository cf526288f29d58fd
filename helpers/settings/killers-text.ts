/** The variable that tells a run of the fault matrix, as JSON, which scenario to run against which shop. */
export const killersVariable = 'ORDER_PAY_KILLERS';

/** Returns the value of `killersVariable`; an empty list in every other run. */
export function killersText(): string {
  return process.env[killersVariable] ?? '[]';
}
