import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallName } from '../api/answers/exchange.ts';
import type { Settings } from '../settings/settings.ts';
import { counted } from '../text/words/counted.ts';
import { projectFolder } from '../text/project-folder.ts';
import { exitCodes } from '../target-check/exit-codes.ts';
import { UserError } from '../text/user-error.ts';
import { findDocument } from './document/find-document.ts';
import type { Operation } from './document/operation.ts';
import { operationsOfHar, readHar } from './document/operations-of-har.ts';
import { operationsOfOpenApi, securityOf } from './document/operations-of-openapi.ts';
import { readDocument } from './document/read-document.ts';
import { probeTarget, probeTargetHealth } from './probe-target.ts';
import { gatherEvidence, type FoundOperations } from './gather-evidence.ts';
import { fromDocument, fromProbes, fromRecording } from './match/grounds.ts';
import { rankOperations, roles } from './match/rank-operations.ts';
import { withSeenCodes } from './draft-refusals.ts';
import { draftProfile, type Draft } from './draft-profile.ts';
import { isDraftName, nameInWords } from './draft-name.ts';
import { doubtedStates } from './doubted-states.ts';
import { firstChoice, type Evidence } from './evidence.ts';
import { laterStates } from './later-states.ts';
import { tryDraft, type TriedDraft } from './try-draft.ts';
import { whatIsLeft } from './what-is-left.ts';
import { assumptions, lineCount, profileText } from './write/profile-text.ts';
import { literal } from '../target-check/judge/misfit.ts';

/** What a profile is drafted from, and where it goes. */
export interface TargetDraft {
  readonly settings: Settings & { readonly baseUrl: string };
  readonly name: string;
  /** Gets the profile. */
  readonly folder: string;
  /** Replaces a file that exists. */
  readonly force: boolean;
  /** URL or path of an OpenAPI or Swagger document. */
  readonly openApi?: string;
  /** Path of a recorded session. */
  readonly har?: string;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
}

/** The folder of the profiles that users write. */
export const profilesFolder = path.join(projectFolder, 'helpers', 'profile', 'targets');

async function findOperations({ openApi, har, settings, signal, print }: TargetDraft): Promise<FoundOperations> {
  const { baseUrl } = settings;
  if (openApi === undefined && har !== undefined) {
    const operations = await withHealth(operationsOfHar(await readHar(har), baseUrl), settings, signal);
    return { operations, source: fromRecording, isDocumented: true, security: [] };
  }
  const reading = { signal, ca: settings.apiCa?.pem };
  const found = openApi === undefined ? await findDocument(baseUrl, reading) : undefined;
  const read = openApi === undefined ? found : await readDocument(openApi, reading);
  if (!read) {
    print('no --openapi, no --har, and no document at any usual place: the usual paths are asked, by GET alone');
    return { operations: await probeTarget(settings, signal), source: fromProbes, isDocumented: false, security: [] };
  }
  if (found) print(`found a document: ${found.url}`);
  for (const note of read.notes) print(`  ${note}`);
  const basePath = new URL(baseUrl).pathname;
  const operations = await withHealth(operationsOfOpenApi(read.document, basePath), settings, signal);
  return { operations, source: fromDocument, isDocumented: true, security: securityOf(read.document, basePath) };
}

/** Returns operations with the health call, which frameworks seldom describe, where the API answers one. */
async function withHealth(
  operations: readonly Operation[],
  settings: TargetDraft['settings'],
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  if (rankOperations(operations).health.length > 0) return operations;
  const health = await probeTargetHealth(settings, signal);
  return health ? [...operations, { ...health, source: fromProbes }] : operations;
}

/** Returns the spec files whose source names a policy, a refusal or another property of the profile. */
function scenariosThatReadIt(property: string): string[] {
  const scenarios = path.join(projectFolder, 'tests', 'scenarios');
  const [part, reason] = property.split('.');
  const names = property.split('.').filter((name) => name !== 'policies');
  const pattern =
    part === 'refusals' && reason !== undefined
      ? new RegExp(`'${reason}'`)
      : new RegExp(`\\b${names.map((name) => name.replaceAll(/\W/g, '')).join('\\??\\.')}\\b`);
  return readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts') && pattern.test(readFileSync(path.join(scenarios, file), 'utf8')))
    .toSorted();
}

/** Adds what is only known once the words for the states of orders were seen: those for what follows, and which are doubtful. */
function withStates(evidence: Evidence, { profile, grounds }: Draft, succeeded: ReadonlySet<CallName>): Draft {
  const noted = grounds.copy();
  for (const { state, ground } of doubtedStates(evidence, profile, succeeded)) {
    noted.note(['orderStatus', state], ground);
  }
  const { words, ground } = laterStates(evidence, profile);
  if (words.length === 0) return { profile, grounds: noted };
  noted.note(['orderStatus', 'later'], ground);
  return { profile: { ...profile, orderStatus: { ...profile.orderStatus, later: words } }, grounds: noted };
}

/**
 * Drafts a profile from a document and a database, tries it against the live API until nothing changes any more, and
 * writes it.
 *
 * @returns the exit code.
 * @throws UserError when the document cannot be read, the file exists, or the database must not be written to.
 */
export async function draftTarget(draft: TargetDraft): Promise<number> {
  const { settings, name, folder, force, signal, print } = draft;
  if (!isDraftName(name)) throw new UserError(`--name is ${literal(name)}: ${nameInWords}.`);
  const file = path.join(folder, `${name}.ts`);
  const shownFile = path.relative(projectFolder, file);
  if (existsSync(file) && !force) {
    throw new UserError(`${shownFile} exists: choose another --name, or replace it with --force.`);
  }
  const start = performance.now();
  const found = await findOperations(draft);
  const evidence = await gatherEvidence(name, found, settings);
  print(`${counted(found.operations.length, 'operation')} ${found.source}:`);
  for (const role of roles) {
    const [first, ...others] = evidence.operations[role];
    const also =
      others.length > 0 ? `  (or ${others.map(({ method, path: one }) => `${method} ${one}`).join(', ')})` : '';
    print(`  ${role.padEnd(13)} ${first ? `${first.method} ${first.path}${also}` : '–'}`);
  }
  // What nobody has described is not sent: an unknown API may do anything for a POST to a usual path.
  const drafted: Draft & Partial<TriedDraft> = found.isDocumented
    ? await tryDraft({ evidence, settings, signal, print })
    : draftProfile(evidence, firstChoice);
  const { report, tries, succeeded = new Set() } = drafted;
  const seen = { profile: withSeenCodes(drafted.profile), grounds: drafted.grounds };
  const whole = withStates(evidence, seen, succeeded);
  if (report?.interrupted ?? signal.aborted) {
    print('interrupted: everything was put back, and nothing was written');
    return exitCodes.interrupted;
  }
  const origin = found.isDocumented ? found.source.replace(/^from /, '') : 'what usual paths answered';
  const text = await profileText(whole, {
    folder,
    origin: `Drafted from ${origin} and the tables${report ? ', and tried against the API' : ''}.`,
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  const seconds = Math.round((performance.now() - start) / 1000);
  print(
    `\nwrote ${shownFile}: ${lineCount(text)} lines${tries === undefined ? ', not tried' : ` after ${counted(tries, 'round')}`}, in ${seconds} s`,
  );
  const assumed = assumptions(whole);
  if (assumed.length > 0) print('Assumed:');
  for (const { property, why, value } of assumed) {
    const scenarios = scenariosThatReadIt(property);
    const hang = scenarios.length > 0 ? `; scenarios that hang on it: ${scenarios.join(', ')}` : '';
    print(`  ${property}: ${literal(value)} (${why})${hang}`);
  }
  if (!report) {
    print(`It was not tried, and the exit code is 1 for that. Next: read it, then TARGET=${name} npm run target:check`);
    return exitCodes.misfits;
  }
  for (const line of whatIsLeft({ name, evidence, profile: whole.profile, report, succeeded })) print(line);
  const { misfits, failures } = report;
  return misfits > 0 ? exitCodes.misfits : failures > 0 ? exitCodes.failed : exitCodes.fits;
}
