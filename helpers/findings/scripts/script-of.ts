import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Finding } from '../grouping/finding.ts';
import { promiseNamed } from '../promises.ts';
import { evidenceOf, type ScriptEvidence } from './evidence-of.ts';
import { headerVariables } from './lines/fixed-header-lines.ts';
import { FreshKeys } from './fresh-keys.ts';
import { NamedIds } from './named-ids.ts';
import { instanceLines, instancesIn, requestLines, secretLines } from './lines/request-lines.ts';
import { cleanUpLines, seedingLines } from './lines/row-lines.ts';
import { scheduleOf } from './schedule.ts';
import type { ScriptContext } from './script-context.ts';
import { comment, quoted, shellWord } from './lines/shell-words.ts';
import { stepLines } from './lines/step-lines.ts';
import { verdictOf } from './verdict/verdict.ts';
import type { Verdict } from './verdict/verdict-type.ts';

const library = readFileSync(path.join(import.meta.dirname, 'library.sh'), 'utf8').trim();

/** More requests than this make no script that a person would read. */
const maxRequests = 160;

const secretNames = { 'bearer-token': 'API_TOKEN', 'api-key': 'API_KEY', 'log-in': 'API_PASSWORD' } as const;

const usageOf = (
  { id, sentence, promises }: Finding,
  { profile, evidence, ids }: Pick<ScriptContext, 'profile' | 'evidence' | 'ids'>,
): string[] => {
  const absent = ids.absentUsers(evidence);
  const isOfSeveral = instancesIn(evidence) > 1;
  const { authentication } = profile;
  const kept = promises.flatMap((name) => promiseNamed(name)?.sentence ?? []);
  const text = [
    `Shows the finding ${id} without the test suite: ${sentence}`,
    ...kept.slice(0, 1).map((promise) => `Promised: ${promise}`),
    '',
    `Settings: ${isOfSeveral ? 'BASE_URLS' : 'BASE_URL'}, DB_HOST, DB_PORT (3306), DB_USER (root), DB_PASSWORD (empty), DB_NAME (ecommerce)` +
      [...(authentication ? [secretNames[authentication.by]] : []), ...headerVariables(profile)]
        .map((name) => `, ${name}`)
        .join('') +
      '; API_CA_FILE, DB_SSL, DB_SSL_CA',
    'It makes users and products of its own, and removes them and what tables of the profile and foreign keys tie to them.',
    ...(absent.length > 0
      ? [
          `What the service makes for users who do not exist (${absent.join(', ')}) it leaves: remove such rows yourself.`,
        ]
      : []),
    'Exit code: 1 where the defect shows, 0 where it does not, 2 where it could not be tried.',
  ];
  return ['usage() {', ...text.map((line) => `  printf '%s\\n' ${quoted(line)}`), '}'];
};

/** Names that would mean something else in a statement or a shell are no names that a script can use. */
const hasOrdinaryNames = ({ tables }: TargetProfile): boolean => {
  const names: string[] = [];
  JSON.stringify(tables, (key, value: unknown) => {
    names.push(key, ...(typeof value === 'string' && key !== 'value' ? [value] : []));
    return key === 'fixed' ? undefined : value;
  });
  return names.every((name) => /^[\w$ .-]*$/.test(name));
};

/** A script that shows a finding, or why there is none, which follows "no script: ". */
export type Script = { readonly text: string } | { readonly because: string };

const isOneAtATime = ({ interventions }: ScriptEvidence): boolean => {
  const held = interventions.filter(({ what }) => what === 'hold').toSorted((one, other) => one.atMs - other.atMs);
  return held.every(({ untilMs = Infinity }, place) => untilMs <= (held[place + 1]?.atMs ?? Infinity));
};

/** Returns why nothing of the kind can be done by a script, whatever it would look for; undefined where it can. */
const obstacleOf = (profile: TargetProfile, evidence: ScriptEvidence): string | undefined => {
  const { exchanges } = evidence;
  if (exchanges.length > maxRequests) return `it takes ${exchanges.length} requests, more than anybody would read`;
  if (!isOneAtATime(evidence))
    return 'it takes two locks of the database at the same time, which one session cannot hold';
  if (!hasOrdinaryNames(profile))
    return 'tables or columns of the profile have names that mean something else in a shell';
  if (exchanges.some(({ path, body }) => `${path}${body}`.includes('\0')))
    return 'it takes a byte that no shell can hold';
  return undefined;
};

/**
 * Returns a script that shows a finding with nothing but bash, curl and the client of the database, or why its evidence
 * does not do for one.
 */
export function scriptOf(finding: Finding, profile: TargetProfile): Script {
  // It would say that there is no defect.
  if (finding.circumstance === 'after-crash') {
    return {
      because: 'it shows only when the API or its database is killed, which a script that knows neither cannot do',
    };
  }
  const evidence = evidenceOf(finding);
  if (!evidence) return { because: 'the evidence does not hold all that was sent, or no rows' };
  const because = obstacleOf(profile, evidence);
  if (because !== undefined) return { because };
  const ids = new NamedIds(profile, evidence);
  if (evidence.exchanges.some((exchange) => ids.namesUnknownOrder(exchange))) {
    return { because: 'it is about an order that no answer has named' };
  }
  const context: ScriptContext = { finding, profile, evidence, ids, keys: new FreshKeys(evidence.exchanges) };
  const verdict = verdictOf(context);
  if (!verdict) return { because: 'the evidence does not tell which answer or row by itself shows it' };
  const steps = stepLines(scheduleOf(evidence), context, verdict.held);
  if (!steps) return { because: 'a script cannot tell whose transaction waits for the row that the suite had locked' };
  return { text: textOf(context, verdict, steps) };
}

const textOf = (context: ScriptContext, verdict: Verdict, steps: readonly string[]): string => {
  const { finding, evidence } = context;
  const lines = findingLines(context, verdict, steps);
  return [
    '#!/usr/bin/env bash',
    comment(`${finding.severity}: ${finding.sentence}`),
    comment(`Why it matters: ${finding.why}`),
    comment(`Seen by tests/scenarios/${finding.evidence.scenario.file}, "${finding.evidence.scenario.title}".`),
    ...usageOf(finding, context),
    '',
    ...cleanUpLines(context),
    '',
    ...requestLines(context),
    '',
    ...instanceLines(context),
    library,
    '',
    '# --- This finding ---',
    '',
    'read_structure',
    ...(evidence.isUnforced ? ['attempt() {', ...lines.map((line) => `  ${line}`), '}', 'try_until_shown'] : lines),
    'conclude',
    '',
  ].join('\n');
};

/** Returns the lines that do what the scenario did, and look whether the defect shows. */
const findingLines = (context: ScriptContext, verdict: Verdict, steps: readonly string[]): string[] => {
  const { finding, evidence } = context;
  const numbers = evidence.exchanges.map(({ place }) => place + 1);
  return [
    ...context.keys.lines(),
    "echo 'Users and products:'",
    ...seedingLines(context),
    ...secretLines(context),
    ...(verdict.watch ? [`watch ${shellWord(verdict.watch)}`] : []),
    "echo 'Requests:'",
    ...steps,
    `await ${numbers.join(' ')}`,
    ...(finding.kind === 'no-answer'
      ? []
      : [`[ -n "$(cat "$work"/*.body 2> /dev/null)" ] || cannot 'nothing was answered'`]),
    "echo 'Then:'",
    ...(verdict.watch ? ["watched 'while requests were under way'"] : []),
    ...verdict.lines,
  ];
};
