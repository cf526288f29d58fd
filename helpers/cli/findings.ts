import path from 'node:path';
import { parseArgs } from 'node:util';
import { acceptedFile, readAccepted, writeAccepted } from '../findings/accepted/accepted-findings.ts';
import { withAccepted, withoutAccepted } from '../findings/accepted/accept-finding.ts';
import { readFindings } from '../findings/accepted/read-findings.ts';
import { listedFindings } from '../findings/report/listed-findings.ts';
import { toleranceFor } from '../findings/accepted/tolerance.ts';
import { loadTarget, targetFile } from '../profile/load-target.ts';
import { mergeShards } from '../report/merge-shards.ts';
import { loadSettings } from '../settings/settings.ts';
import { projectFolder } from '../text/project-folder.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run findings
       npm run findings -- --accept ID --why "…" [--until 2027-03-01]
       npm run findings -- --forget ID
       npm run findings -- --merge FOLDER --shards COUNT

Lists the findings of the last run (FINDINGS_DIR), and which of them are accepted. An accepted finding does not fail a
run any more; one that shows in a new form does. They are written to a file beside the target profile (TARGET), which
is to be committed.

  --accept ID   accept a finding of the last run
  --why TEXT    why it is accepted
  --until DATE  the last day on which it is accepted, in UTC. Default: for ever
  --forget ID   accept it no longer
  --merge FOLDER   make one HTML report, one findings page and one verdict of the blob reports of several shards
                   (npx playwright test --reporter=blob --shard=1/4); the exit code is 0 for PASS
  --shards COUNT   how many shards there were: one that is missing makes the run INCONCLUSIVE
  --help        print this
`;

/** Returns what an option says, which may be given once. */
const only = (name: string, values: readonly string[] = []): string | undefined => {
  if (values.length > 1)
    throw new UserError(`--${name} is given ${values.length} times: one finding at a time, please.`);
  return values[0];
};

const shardCount = (text: string | undefined): number => {
  if (text === undefined || !/^[1-9]\d*$/.test(text)) {
    throw new UserError('Say how many shards there were, such as --merge all-blob-reports --shards 4.');
  }
  return Number(text);
};

const findings = async (): Promise<string> => {
  const { values } = parseArgs({
    options: {
      accept: { type: 'string', multiple: true },
      why: { type: 'string', multiple: true },
      until: { type: 'string', multiple: true },
      forget: { type: 'string', multiple: true },
      merge: { type: 'string', multiple: true },
      shards: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return help.trimEnd();
  const blobs = only('merge', values.merge);
  if (blobs !== undefined) {
    process.exitCode = await mergeShards(blobs, shardCount(only('shards', values.shards)));
    return '';
  }
  const accept = only('accept', values.accept);
  const forget = only('forget', values.forget);
  const acceptance = { why: only('why', values.why), until: only('until', values.until) };
  if (accept !== undefined && forget !== undefined) throw new UserError('Use --accept or --forget, not both at once.');
  if (accept === undefined && (acceptance.why ?? acceptance.until) !== undefined) {
    throw new UserError('--why and --until belong to --accept ID. `npm run findings` lists the ids.');
  }
  const { target, findingsFolder, failOn } = loadSettings();
  const profile = targetFile(target);
  const file = acceptedFile(profile);
  const shownFile = path.relative(projectFolder, file);
  if (forget !== undefined) {
    writeAccepted(file, withoutAccepted(readAccepted(file), forget));
    return `${forget} is no longer accepted in ${shownFile}. Commit this file.`;
  }
  const found = readFindings(path.resolve(projectFolder, findingsFolder, 'findings.json'));
  const { name } = await loadTarget(target);
  if (found.target !== name) {
    throw new UserError(
      `The last run tested ${found.target}, but TARGET is ${target}. Set TARGET as it was in that run, or run again.`,
    );
  }
  const today = new Date();
  if (accept === undefined) {
    const place = `Accepted findings: ${shownFile}. To accept one: npm run findings -- --accept ID --why "…"`;
    return `${listedFindings(found, toleranceFor(profile, failOn, today))}\n\n${place}`;
  }
  writeAccepted(file, withAccepted(readAccepted(file), found.findings, accept, acceptance, today));
  const until = acceptance.until === undefined ? '' : ` until ${acceptance.until}`;
  return `${accept} is accepted${until} in ${shownFile}. Commit this file.`;
};

ignoreUnreadOutput();

try {
  const text = await findings();
  if (text !== '') console.log(text);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
