import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticatedApi } from '../api/login/authenticated-api.ts';
import { rateLimitOf } from '../api/answers/rate-limit.ts';
import { secretsIn } from '../api/login/without-credentials.ts';
import { poolTransport } from '../api/transports/pool-transport.ts';
import type { Transport } from '../api/transports/transport.ts';
import type { Authentication } from '../profile/authentication.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Settings } from '../settings/settings.ts';
import { projectFolder } from '../text/project-folder.ts';
import { keepSecret } from '../text/secrets.ts';
import type { CheckReport, StepReport } from './report/step-report.ts';
import { StepReporter } from './step-reporter.ts';
import { allSteps } from './steps/calls/all-steps.ts';
import type { Step } from './steps/step.ts';
import { Walk, type Shown } from './steps/walk.ts';
import { ProfileSource } from './suggest/profile-source.ts';

/** A step that sends a duplicate in flight needs a second connection: on one, the duplicate would wait for its turn. */
const maxConnections = 8;

/** Options of a check. */
export interface TargetCheckOptions {
  /** Settings with the address of the API. */
  readonly settings: Settings & { readonly baseUrl: string };
  readonly profile: TargetProfile;
  /** The profile's file. */
  readonly file: string;
  readonly signal: AbortSignal;
  /** Called with every step once it is over. */
  readonly onStep: (step: StepReport) => void;
  /** The steps; the whole check unless given. */
  readonly steps?: readonly Step[];
  /** Called with what takes a while. */
  readonly onWait?: (what: string) => void;
}

/** What came of a check. */
interface Checked {
  readonly report: CheckReport;
  /** The profile with all corrections. */
  readonly profile: TargetProfile;
  readonly shown: Shown;
}

/** Wait for an answer in flight after an interruption, so that its effect is put back too. */
const graceMs = 1000;

/**
 * Checks a profile against its live target, step by step. The check's own rows are removed at the end, however it ends.
 *
 * @throws UserError when the profile needs a secret that is not set.
 */
export async function runTargetCheck(options: TargetCheckOptions): Promise<Checked> {
  const { settings, profile, file, signal, onStep, onWait, steps: wanted = allSteps } = options;
  keepSecret([
    settings.database?.password,
    ...Object.values(settings.secrets),
    ...Object.values(settings.headerValues),
  ]);
  const pool = poolTransport(settings.baseUrl, settings.requestTimeoutMs, maxConnections, settings.apiCa?.pem);
  const transport = watchedTransport(pool, profile, signal);
  // Fails at once where a secret that the profile needs is not set.
  authenticatedApi({ profile, settings, transport });
  const rateLimit = rateLimitOf(settings, profile);
  const walk = new Walk({ profile, settings, transport, signal, rateLimit, ...(onWait && { onWait }) });
  const reporter = new StepReporter(walk, new ProfileSource(file), wanted);
  try {
    for (const step of wanted) {
      const isOver = !(await reporter.run(step));
      if (isOver) break;
      onStep(reporter.last);
    }
  } finally {
    if (walk.hasRows) {
      await reporter.putBack();
      onStep(reporter.last);
    }
    await pool.close();
  }
  const { steps } = reporter;
  const { host, port, name } = settings.database ?? {};
  const report: CheckReport = {
    target: profile.name,
    profile: path.relative(projectFolder, file),
    baseUrl: settings.baseUrl,
    ...(host !== undefined && { database: `${host}:${port ?? ''}/${name ?? ''}` }),
    steps,
    ...(rateLimit.waits > 0 && { rateLimit: { waits: rateLimit.waits, waitedMs: rateLimit.waitedMs } }),
    misfits: steps.flatMap(({ misfits }) => misfits).length,
    failures: steps.flatMap(({ failures }) => failures).length,
    corrections: reporter.corrections,
    interrupted: signal.aborted,
  };
  return { report, profile: walk.profile, shown: walk.shown };
}

/** Returns a transport that registers the secrets in its requests, and that an interruption ends. */
function watchedTransport(inner: Transport, { authentication }: TargetProfile, signal: AbortSignal): Transport {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      void sleep(graceMs).then(() => {
        reject(new Error('interrupted'));
      });
    });
  });
  interrupted.catch(() => undefined);
  const secretHeaders = new Set(['authorization', 'cookie', ...ownSecretHeaders(authentication)]);
  return {
    send(request) {
      const secret = Object.entries(request.headers).filter(([name]) => secretHeaders.has(name.toLowerCase()));
      keepSecret(secretsIn(Object.fromEntries(secret)));
      return Promise.race([inner.send(request), interrupted]);
    },
  };
}

const ownSecretHeaders = (authentication: Authentication | undefined): string[] => {
  if (authentication?.by === 'api-key') return [authentication.header.toLowerCase()];
  return authentication?.by === 'log-in' && authentication.csrf ? [authentication.csrf.header.toLowerCase()] : [];
};
