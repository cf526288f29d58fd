/** In which a run of the fault matrix is told which scenario to run against which shop, as JSON. */
export const killersVariable = 'ORDER_PAY_KILLERS';

/** What `killersVariable` says; an empty list in every other run. */
export function killersText(): string {
  return process.env[killersVariable] ?? '[]';
}
