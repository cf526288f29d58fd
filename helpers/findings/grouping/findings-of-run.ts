import { counted } from '../../text/words/counted.ts';
import { isOneOf, type AcceptedFinding } from '../accepted/accepted-findings.ts';
import { callIn } from '../kinds/call-in.ts';
import type { Deviation } from '../deviations/deviation.ts';
import type { EndedScenario } from './ended-scenario.ts';
import type { Finding, Findings } from './finding.ts';
import { findingId, withOwnIds } from './finding-id.ts';
import { groupDeviations, type DeviationGroup } from './group-deviations.ts';
import { otherForms } from './other-forms.ts';
import type { SeenDeviation } from './seen-deviation.ts';
import { isCallName } from '../kinds/call-words.ts';
import { familyOf } from '../kinds/family-of.ts';
import { kinds, severities, type Family, type Kind } from '../kinds/kinds.ts';
import { promiseNamed } from '../promises.ts';
import { signaturesOf } from './signature.ts';
import { acceptedWhole, type Tolerance } from '../accepted/tolerance.ts';

type Group = DeviationGroup<EndedScenario>;

/** After one of these a scenario has not seen what it looks for. */
const blinding: readonly Kind[] = [
  'server-error',
  'no-answer',
  'replay-refused',
  'key-mistaken',
  'taken-for-duplicate',
  'valid-request-refused',
];

/** Whatever is promised of a call fails of one of these. */
const ofAnyPromise: readonly Kind[] = ['server-error', 'no-answer'];

/** Beyond so many further forms of a defect, one more says nothing new. */
const maxDetails = 12;

const scenarioOf = ({ file, title }: EndedScenario) => ({ file, title });

const scenariosOf = (seen: readonly SeenDeviation<EndedScenario>[]): EndedScenario[] => [
  ...new Set(seen.map(({ test }) => test)),
];

const numbersOf = ({ numbers }: Deviation): number => Object.keys(numbers).length;

const callOf = ({ call, circumstance }: Deviation): string =>
  isCallName(call) ? callIn(call, circumstance) : 'the API';

/** Returns the scenarios that a finding kept from seeing what they look for. */
const blindedBy = ({ deviation, seen }: Group): EndedScenario[] => {
  if (!blinding.includes(deviation.kind)) return [];
  return scenariosOf(seen).filter(
    ({ promise }) => promise !== undefined && promiseNamed(promise)?.kind !== deviation.kind,
  );
};

const isAboutMoney = (promise: string | undefined): boolean =>
  promise !== undefined && promiseNamed(promise)?.severity === 'critical';

const masksOf = (group: Group): string[] => {
  const { deviation, symptoms } = group;
  const blinded = blindedBy(group);
  const ofMoney = new Set(blinded.map(({ promise }) => promise).filter(isAboutMoney));
  const of = `${callOf(deviation)} ${deviation.status === undefined ? 'gets no answer' : `answers ${deviation.status}`}`;
  const follow = new Map<string, number>();
  for (const { deviation: symptom } of symptoms) {
    const { words } = kinds[symptom.kind];
    follow.set(words, (follow.get(words) ?? 0) + 1);
  }
  return [
    ...(blinded.length > 0
      ? [
          `${counted(blinded.length, 'scenario')} could not be judged because ${of}` +
            (ofMoney.size > 0 ? `; ${counted(ofMoney.size, 'promise')} about money or goods among them` : '') +
            '. Fix this first, and run again.',
        ]
      : []),
    ...[...follow].map(([words, count]) => `follows from it, ${count === 1 ? 'once' : `${count} times`}: ${words}`),
  ];
};

/** Returns 1 where the spelling of a key is told, which is beside the point where ordinary ones show it too; else 0. */
const isSpelled = ({ about }: Deviation): number => Number(about === 'key-spelling');

const kindOfPromise = (promise: string | undefined): Kind | undefined =>
  promise === undefined ? undefined : promiseNamed(promise)?.kind;

/**
 * Returns the promises that a finding breaks: of those that its scenarios try, the ones that are about it. The others
 * failed of it, which tells nothing of them.
 */
const brokenBy = (
  { deviation, seen }: Group,
  tests: readonly EndedScenario[],
  shown: EndedScenario | undefined,
): string[] => {
  const all = [...new Set([shown, ...tests].flatMap((test) => test?.promise ?? []))];
  const about = (...kindsOfIt: readonly (Kind | undefined)[]): string[] =>
    all.filter((promise) => kindsOfIt.includes(kindOfPromise(promise)));
  if (ofAnyPromise.includes(deviation.kind) && shown?.promise !== undefined) return [shown.promise];
  const [own, ofForms] = [about(deviation.kind), about(...seen.map((one) => one.deviation.kind))];
  return [own, ofForms, all.slice(0, 1)].find((some) => some.length > 0) ?? [];
};

/** So many requests less are worth as much as a scenario that tries what is broken. */
const worthOfPromise = 3;

/**
 * Returns the scenario that shows a finding best: with numbers, under an ordinary key, in few requests, of its promise.
 */
const clearestOf = (seen: readonly SeenDeviation<EndedScenario>[], deviation: Deviation): EndedScenario | undefined => {
  const size = ({ test: { observed, promise } }: SeenDeviation<EndedScenario>): number =>
    (observed?.exchanges.length ?? Infinity) + (kindOfPromise(promise) === deviation.kind ? 0 : worthOfPromise);
  const alike = seen.filter(
    (one) => one.deviation.circumstance === deviation.circumstance && one.deviation.call === deviation.call,
  );
  return (alike.length > 0 ? alike : seen).toSorted(
    (one, other) =>
      numbersOf(other.deviation) - numbersOf(one.deviation) ||
      isSpelled(one.deviation) - isSpelled(other.deviation) ||
      size(one) - size(other),
  )[0]?.test;
};

/** Returns what a test says of the stock that leaked beside the money that it misses; the numbers of both are told. */
const besideMoney = ({ deviation, symptoms }: Group, shown: EndedScenario | undefined): string => {
  if (kinds[deviation.kind].family !== 'money' || kinds[deviation.kind].severity !== 'critical') return '';
  const leaked = symptoms.find((one) => one.test === shown && one.deviation.kind === 'stock-leaked');
  return leaked ? ` ${leaked.deviation.sentence}` : '';
};

/**
 * Returns the family that most scenarios that saw a deviation take it for; that of the shown one where none is ahead.
 */
const familyOfMost = (
  deviation: Deviation,
  tests: readonly EndedScenario[],
  shown: EndedScenario | undefined,
): Family => {
  const ofShown = familyOf(deviation, shown?.promise);
  const counts = new Map<Family, number>([[ofShown, 0]]);
  for (const { promise } of tests) {
    const family = familyOf(deviation, promise);
    counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? ofShown;
};

const findingOf = (group: Group, tolerance: Tolerance): Finding => {
  const { deviation, seen, symptoms } = group;
  const { kind, call, circumstance, status, code } = deviation;
  const all = scenariosOf([...seen, ...symptoms]);
  const deviations = [...seen, ...symptoms].map((one) => one.deviation);
  const accepted = acceptedWhole({ kind, deviations }, tolerance);
  const shown = clearestOf(seen, deviation);
  const ofShown = seen.filter(({ test }) => test === shown).map((one) => one.deviation);
  const best = ofShown.toSorted((one, other) => numbersOf(other) - numbersOf(one))[0] ?? deviation;
  const sentences = seen.flatMap((one) => [one.deviation.sentence, ...one.deviation.details]);
  return {
    id: findingId(deviation),
    severity: kinds[kind].severity,
    kind,
    family: familyOfMost(deviation, scenariosOf(seen), shown),
    ...(call !== undefined && { call }),
    circumstance,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    deviations: signaturesOf(deviations),
    sentence: `${best.sentence}${besideMoney(group, shown)}`,
    why: kinds[kind].why,
    details: otherForms(best.sentence, sentences).slice(0, maxDetails),
    promises: brokenBy(group, all, shown),
    scenarios: all.map(scenarioOf),
    masks: masksOf(group),
    ...(accepted && {
      accepted: { why: accepted.why, ...(accepted.until !== undefined && { until: accepted.until }) },
    }),
    evidence: {
      scenario: shown ? scenarioOf(shown) : { file: '', title: '' },
      exchanges: shown?.observed?.exchanges ?? [],
      ...(shown?.observed?.rows && { rows: shown.observed.rows }),
      gate: shown?.observed?.gate ?? [],
      ...(shown?.observed?.interventions && { interventions: shown.observed.interventions }),
      error: shown?.error ?? '',
      ...(best.at !== undefined && { at: best.at }),
      ...(best.original !== undefined && { original: best.original }),
      ...(best.promised && { promised: best.promised }),
      ...(best.check !== undefined && { check: best.check }),
      numbers: best.numbers,
    },
  };
};

const rankOf = ({ severity }: Finding): number => severities.indexOf(severity);

/** Returns the findings of a run, the worst first, and of the same severity those that more scenarios fail of. */
export function findingsOfRun(
  scenarios: readonly EndedScenario[],
  tolerance: Tolerance,
): Pick<Findings, 'findings' | 'notJudged' | 'notApplicable' | 'passed' | 'fixed' | 'expired'> {
  const seen = scenarios.flatMap((test) => (test.observed?.deviations ?? []).map((deviation) => ({ test, deviation })));
  const groups = groupDeviations(seen);
  const findings = withOwnIds(
    groups
      .map((group) => findingOf(group, tolerance))
      .toSorted((one, other) => rankOf(one) - rankOf(other) || other.scenarios.length - one.scenarios.length),
  );
  const blinded = groups.flatMap((group) =>
    blindedBy(group).map((scenario) => ({
      scenario,
      finding: findingId(group.deviation),
      because: `${callOf(group.deviation)}: ${kinds[group.deviation.kind].words}`,
    })),
  );
  const told = (scenario: EndedScenario) => ({
    ...scenarioOf(scenario),
    ...(scenario.promise !== undefined && { promise: scenario.promise }),
  });
  const of = (status: EndedScenario['status']): EndedScenario[] => scenarios.filter((one) => one.status === status);
  return {
    findings,
    notJudged: [
      ...blinded.map(({ scenario, finding, because }) => ({ ...told(scenario), because, finding })),
      ...of('notJudged').map((scenario) => ({ ...told(scenario), because: scenario.because ?? 'they did not run' })),
    ],
    notApplicable: of('notApplicable').map((scenario) => ({ ...told(scenario), because: scenario.because ?? '' })),
    passed: of('passed').map(told),
    ...knownBefore(scenarios, seen, tolerance),
  };
}

/**
 * Returns what became of findings that are accepted, or were: one is fixed where every scenario that showed it has
 * passed.
 */
const knownBefore = (
  scenarios: readonly EndedScenario[],
  seen: readonly SeenDeviation<EndedScenario>[],
  { accepted, expired }: Tolerance,
): Pick<Findings, 'fixed' | 'expired'> => {
  const isSeen = (known: AcceptedFinding): boolean => seen.some(({ deviation }) => isOneOf(deviation, known));
  const hasPassed = (shown: AcceptedFinding['scenarios'][number]): boolean => {
    const same = scenarios.filter(({ file, title }) => file === shown.file && title === shown.title);
    return same.length > 0 && same.every(({ status }) => status === 'passed');
  };
  return {
    fixed: [...accepted, ...expired]
      .filter((known) => known.scenarios.length > 0 && known.scenarios.every(hasPassed) && !isSeen(known))
      .map(({ id }) => id),
    expired: expired.filter(isSeen).flatMap(({ id, until }) => (until === undefined ? [] : { id, until })),
  };
};
