import type { CheckReport } from './step-report.ts';

type Counts = Pick<CheckReport, 'misfits' | 'failures' | 'interrupted' | 'database'>;

/** Returns `once`, or `3 times`. */
export const times = (number: number): string => (number === 1 ? 'once' : `${number} times`);

/** Returns what came of a check in a few words. */
export function verdictText({ misfits, failures, interrupted, database }: Counts): string {
  if (interrupted) return 'interrupted; everything was put back';
  const ofMisfits = `${misfits} ${misfits === 1 ? 'misfit' : 'misfits'}`;
  if (failures === 0 && misfits === 0) {
    // Little is left of the walk then: it orders only for users of its own.
    return database === undefined ? 'no misfit so far; the rest needs the database, set DB_HOST' : 'the profile fits';
  }
  if (failures === 0) return ofMisfits;
  const failed = `the API failed ${times(failures)}`;
  return misfits === 0 ? `no misfit, but ${failed}` : `${ofMisfits}, and ${failed}`;
}

/** Returns the failures of the API, a line each, apart from what the profile has to do with. */
export function failuresText({ steps }: Pick<CheckReport, 'steps'>): string[] {
  const lines = steps.flatMap(({ number, failures }) =>
    failures.map(({ sentence }) => `  ! ${String(number).padStart(2)} ${sentence}`),
  );
  return lines.length === 0 ? [] : ['Failures of the API, which no change of the profile mends:', ...lines, ''];
}
