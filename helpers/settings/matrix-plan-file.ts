/** In which a run of the fault matrix is told where its plan is. */
export const planVariable = 'ORDER_PAY_MATRIX_PLAN';

/** Returns the file that `planVariable` names; undefined in every other run. */
export function matrixPlanFile(): string | undefined {
  return process.env[planVariable];
}
