import type { CallName } from '../api/answers/exchange.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Misfit } from '../target-check/judge/misfit.ts';
import type { CheckReport } from '../target-check/report/step-report.ts';
import { onePaymentOnly } from '../target-check/steps/calls/paid-in-parts.ts';
import { counted } from '../text/words/counted.ts';
import type { Evidence } from './evidence.ts';
import { unmetDemands } from './unmet-demands.ts';

/** Steps without which little can be seen of a target. */
const essential = [
  ['createOrder', 'create an order'],
  ['pay', 'pay the order'],
] as const;

/** Whether the target does what it must not do: there is nothing to say instead. */
const isNoMatterOfProfile = ({ suggestion }: Pick<Misfit, 'suggestion'>): boolean =>
  suggestion.endsWith('no profile can allow it');

/** What a draft is, once it was tried. */
interface Drafted {
  readonly name: string;
  readonly evidence: Evidence;
  readonly profile: TargetProfile;
  readonly report: CheckReport;
  /** Calls that succeeded in the last try. */
  readonly succeeded: ReadonlySet<CallName>;
}

/** Returns lines on what trying has left open, and what to do next. */
export function whatIsLeft({ name, evidence, profile, report, succeeded }: Drafted): string[] {
  const { steps, misfits, failures } = report;
  const stopped = essential.find(
    ([call, title]) =>
      !succeeded.has(call) && steps.some((step) => step.title === title && step.outcome !== 'not-applicable'),
  );
  const toMend = steps.find(({ title }) => title === stopped?.[1])?.misfits ?? [];
  const all = steps.flatMap((step) => [...step.misfits]);
  const breaches = all.filter(isNoMatterOfProfile);
  const left = misfits - breaches.length;
  return [
    ...(failures > 0
      ? [
          `The API failed ${counted(failures, 'time')}: no matter of the profile; the scenarios will report it.` +
            (misfits === 0 ? ' The exit code is 3 for that.' : ''),
        ]
      : []),
    ...(stopped
      ? [`No call to ${stopped[1]} succeeded: what comes after it is assumed. Mend that first, and draft again.`]
      : []),
    ...toMend.map(({ suggestion }) => `  ${suggestion}`),
    ...unmetDemands(evidence, profile, succeeded).map((demand) => `  ${demand}`),
    ...all
      .filter(({ suggestion }) => suggestion.startsWith(onePaymentOnly))
      .map(({ problem, suggestion }) => `  ${problem}: ${suggestion}`),
    ...(breaches.length > 0 ? ['No profile can allow, and the scenarios will report:'] : []),
    ...breaches.map(({ problem }) => `  ${problem}`),
    ...(breaches.length > 0 && left === 0
      ? [`The exit code is 1 for that${stopped ? '' : '; in the profile nothing is left to mend'}.`]
      : []),
    ...(left > 0
      ? [
          `${counted(left, 'misfit')} left, and the exit code is 1 for that; to see what to say instead: TARGET=${name} npm run target:check`,
        ]
      : stopped
        ? []
        : [`Next: TARGET=${name} npx playwright test`]),
  ];
}
