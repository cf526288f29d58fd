import { noTolerance } from '../../../../helpers/findings/accepted/tolerance.ts';
import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { faultNamed } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import type { EndedScenario } from '../../../../helpers/findings/grouping/ended-scenario.ts';
import type { Finding, Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { findingsOfRun } from '../../../../helpers/findings/grouping/findings-of-run.ts';
import { knownKillers } from '../../../../helpers/mutation/killers/known-killers.ts';
import type { ShopHosts } from '../../../../helpers/mutation/hosts/shop-hosts.ts';
import { runTasks, type Task } from '../../../../helpers/mutation/trials/task.ts';
import type { TrialOutcome } from '../../../../helpers/mutation/trials/trial-outcome.ts';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';
import type { HostedShop } from '../../../../helpers/mutation/hosts/shop-host-client.ts';

const endedOf = (failed: TrialOutcome['failed']): EndedScenario[] =>
  failed.map((one) => ({
    ...{ file: `${one.folder}/${one.file}`, title: one.title, status: 'failed', error: one.error },
    ...(one.promise !== undefined && { promise: one.promise }),
    ...(one.observed && { observed: one.observed }),
  }));

/**
 * Returns what some scenarios find in a shop with one or several faults.
 *
 * @param faults their names, with `+` between them
 * @param names `file › title` of the scenarios
 */
export async function findingsOfShop(
  faults: string,
  names: readonly string[],
  hosts: ShopHosts,
): Promise<Pick<Findings, 'findings'>> {
  let failed: TrialOutcome['failed'] = [];
  const task: Task = {
    trial: {
      ...{ shop: { kind: 'fault', name: faults }, target: 'reference', scenarios: { names: [...names] } },
      ...{ isBrief: false, wantsEvidence: true },
    },
    onEnd: (outcome) => {
      ({ failed } = outcome);
    },
  };
  await runTasks([task], { hosts, workers: 2, signal: new AbortController().signal });
  return findingsOfRun(endedOf(failed), noTolerance);
}

/** Returns the first finding that what is known to catch a fault comes to, for each of some faults. */
export async function findingsOfFaults(
  names: readonly string[],
  hosts: ShopHosts,
  workers: number,
): Promise<Map<string, Finding>> {
  const found = new Map<string, Finding>();
  const tasks = names.map((name): Task => {
    const [file = '', title = ''] = knownKillers[name]?.split(' › ') ?? [];
    return {
      trial: {
        shop: { kind: 'fault', name },
        target: faultNamed(name).profile ?? 'reference',
        scenarios: { file, title },
        ...{ isBrief: true, wantsEvidence: true },
      },
      onEnd: ({ failed }) => {
        const [finding] = findingsOfRun(endedOf(failed), noTolerance).findings;
        if (finding) found.set(name, finding);
      },
    };
  });
  await runTasks(tasks, { hosts, workers, signal: new AbortController().signal });
  return found;
}

/** The exit code of a script and all that it printed. */
interface ScriptRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a script against a shop. @param settings further ones by name. */
export async function runScript(
  text: string,
  folder: string,
  name: string,
  { url, database }: HostedShop,
  settings: Readonly<Record<string, string>> = {},
): Promise<ScriptRun> {
  const file = path.join(folder, `${name}.sh`);
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  const { host, port, user, password } = database;
  const child = spawn('bash', [file], {
    env: childEnvironment({
      ...{ BASE_URL: url, DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password },
      DB_NAME: database.name,
      ...settings,
    }),
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, output };
}
