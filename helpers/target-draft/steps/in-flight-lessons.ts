import { reference } from '../../profile/targets/reference.ts';
import type { StepReport } from '../../target-check/report/step-report.ts';
import type { Lesson } from '../learn.ts';
import { assumed } from '../match/grounds.ts';
import { judgesDuplicates, whileInFlight } from './in-flight-steps.ts';

/**
 * Returns that `inFlightDuplicates` is assumed where a try has shown nothing of it, whatever an earlier one did: keys that
 * were found to be read nowhere since, or an API that failed, prove no policy.
 */
export function inFlightLessons(steps: readonly StepReport[]): Lesson[] {
  const judged = steps.find(({ title }) => title === judgesDuplicates);
  if (judged?.outcome !== 'not-applicable') return [];
  const hasFailed = steps.some(({ title, failures }) => title.endsWith(whileInFlight) && failures.length > 0);
  const ground = hasFailed ? assumed('the API failed where duplicates were sent in flight') : assumed();
  const property = ['policies', 'inFlightDuplicates'];
  return [{ property, value: reference.policies.inFlightDuplicates, ground }];
}
