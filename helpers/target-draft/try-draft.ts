import { isDeepStrictEqual } from 'node:util';
import type { CallName } from '../api/answers/exchange.ts';
import { targetFile } from '../profile/load-target.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Settings } from '../settings/settings.ts';
import type { CheckReport } from '../target-check/report/step-report.ts';
import { runTargetCheck } from '../target-check/run-target-check.ts';
import { allSteps } from '../target-check/steps/calls/all-steps.ts';
import type { Step } from '../target-check/steps/step.ts';
import { draftProfile, type Draft } from './draft-profile.ts';
import { firstChoice, type Choice, type Evidence } from './evidence.ts';
import { applyLessons, learn, type Lesson } from './learn.ts';
import { nextChoice } from './next-choice.ts';
import { withReplayStatuses } from './replay-statuses.ts';
import { statedAmountsLessons } from './stated-amounts-lessons.ts';
import { inFlightLessons } from './steps/in-flight-lessons.ts';
import { inFlightSteps } from './steps/in-flight-steps.ts';
import { keyLengthStep } from './steps/key-length-step.ts';
import { languageStep } from './steps/language-step.ts';
import { paymentAttemptsStep } from './steps/payment-attempts-step.ts';
import { paymentCommitLessons, paymentCommitStep } from './steps/payment-commit-step.ts';
import { productCacheStep } from './steps/product-cache-step.ts';
import { rememberedRefusalStep } from './steps/remembered-refusal-step.ts';
import { topUpAgainStep } from './steps/top-up-again-step.ts';
import { tryText } from './try-text.ts';
import { unreadKeys } from './unread-keys.ts';

/** A draft that was tried. */
export interface TriedDraft extends Draft {
  /** The last try. */
  readonly report: CheckReport;
  readonly tries: number;
  /** Calls that succeeded in the last try. */
  readonly succeeded: ReadonlySet<CallName>;
}

/** What a draft is tried with. */
export interface Trying {
  readonly evidence: Evidence;
  readonly settings: Settings & { readonly baseUrl: string };
  readonly signal: AbortSignal;
  /** Is given the text of every try. */
  readonly print: (text: string) => void;
}

const maxTries = 12;

const draftSteps = (): readonly Step[] => [
  ...allSteps,
  productCacheStep,
  rememberedRefusalStep,
  paymentAttemptsStep,
  paymentCommitStep,
  languageStep,
  keyLengthStep,
  topUpAgainStep,
  ...inFlightSteps(),
];

/** Returns the lessons that still hold once other candidates are chosen: not those about the calls and tables left. */
const stillTrue = (lessons: readonly Lesson[], changed: readonly string[]): Lesson[] =>
  lessons.filter(({ property }) => {
    const path = property.join('.');
    return property[0] !== 'refusals' && !changed.some((one) => path === one || path.startsWith(`${one}.`));
  });

const later = (known: readonly Lesson[], fresh: readonly Lesson[]): Lesson[] => {
  const within = ({ property }: Lesson) =>
    fresh.some((one) => one.property.every((name, place) => property[place] === name));
  return [...known.filter((lesson) => !within(lesson)), ...fresh];
};

const taught = ({ profile, grounds }: Draft, lessons: readonly Lesson[]): Draft => {
  const noted = grounds.copy();
  for (const { property, ground } of lessons) noted.note(property, ground);
  return { profile: withReplayStatuses(applyLessons(profile, lessons), lessons), grounds: noted };
};

/**
 * Tries a draft against the live API, again and again: corrects it by what the answers show, takes the next candidate
 * for what succeeds in no form, and ends when nothing changes any more. The rows of each try are removed at its end.
 *
 * @throws UserError when the database must not be written to, or a secret is missing.
 */
export async function tryDraft({ evidence, settings, signal, print }: Trying): Promise<TriedDraft> {
  let choice: Choice = firstChoice;
  let lessons: readonly Lesson[] = [];
  let last: TriedDraft | undefined;
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const drafted = taught(draftProfile(evidence, choice), lessons);
    const { report, profile, shown } = await tryOnce(drafted.profile, settings, signal);
    const succeeded = new Set(shown.successes.map((answered) => answered.name));
    last = { ...drafted, report, tries, succeeded };
    if (report.interrupted) return last;
    const seen = learn({ profile, grounds: drafted.grounds }, report.steps, report.corrections, shown);
    const fresh = [
      ...seen,
      ...unreadKeys(evidence, choice, report.steps),
      ...paymentCommitLessons(report.steps),
      ...inFlightLessons(report.steps),
      ...statedAmountsLessons(report.steps),
    ];
    const next = nextChoice(evidence, choice, { report, shown });
    const merged = later(lessons, fresh);
    const better = taught(draftProfile(evidence, choice), merged);
    const isDone = !next && isDeepStrictEqual(better.profile, drafted.profile);
    print(tryText(tries, report, { isLast: isDone || tries === maxTries }));
    if (isDone) return { ...last, ...better };
    if (next) {
      lessons = stillTrue(merged, next.changed);
      ({ choice } = next);
      continue;
    }
    lessons = merged;
    last = { ...last, ...better };
  }
  if (!last) throw new Error('Nothing was tried.');
  return last;
}

const tryOnce = (
  profile: TargetProfile,
  settings: Settings & { readonly baseUrl: string },
  signal: AbortSignal,
): ReturnType<typeof runTargetCheck> =>
  runTargetCheck({
    settings,
    profile,
    file: targetFile('reference'),
    signal,
    onStep: () => undefined,
    steps: draftSteps(),
  });
