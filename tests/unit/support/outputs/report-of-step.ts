import type { CheckReport, StepReport } from '../../../../helpers/target-check/report/step-report.ts';

/** Returns the report of a walk with one step. */
export function reportOfStep(step: Pick<StepReport, 'title' | 'outcome'> & Partial<StepReport>): CheckReport {
  const whole: StepReport = { number: 1, exchanges: [], misfits: [], failures: [], notes: [], ...step };
  return {
    ...{ target: 'a shop', profile: 'a-shop.ts', baseUrl: 'http://127.0.0.1:1', steps: [whole] },
    ...{ misfits: whole.misfits.length, failures: whole.failures.length, corrections: [], interrupted: false },
  };
}
