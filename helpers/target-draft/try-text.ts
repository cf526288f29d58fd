import type { CheckReport } from '../target-check/report/step-report.ts';

/**
 * Returns a try as text: what did not fit, a line each. It is marked as wrong in the last try alone, since any other one
 * is followed by a try that has learnt from it.
 */
export function tryText(
  number: number,
  { steps }: Pick<CheckReport, 'steps'>,
  { isLast }: { readonly isLast: boolean },
): string {
  const count = steps.filter(({ outcome }) => outcome === 'fits').length;
  const left = steps.filter(({ outcome }) => outcome === 'misfit' || outcome === 'failed');
  const hasLessons = !isLast && left.some(({ outcome }) => outcome === 'misfit');
  return [
    `try ${number}: ${count} of ${steps.length} steps fit${hasLessons ? '; what → shows is no failure: the next try has learnt it' : ''}`,
    ...left.map(({ title, outcome, misfits, failures }) => {
      const [why = ''] = [...failures.map(({ sentence }) => sentence), ...misfits.map(({ problem }) => problem)];
      return `  ${outcome === 'failed' ? '!' : isLast ? '✗' : '→'} ${title}: ${why}`;
    }),
  ].join('\n');
}
