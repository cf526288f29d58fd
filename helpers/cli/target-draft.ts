import { parseArgs } from 'node:util';
import { loadSettings } from '../settings/settings.ts';
import { exitCodes } from '../target-check/exit-codes.ts';
import { draftName } from '../target-draft/draft-name.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run target:draft -- --openapi URL-OR-FILE [--name my-shop] [--force]

Writes helpers/profile/targets/my-shop.ts, the profile of your API: from its OpenAPI or Swagger document and the tables of its
database, and from what the API answers when it is tried. It orders, pays, repeats and is refused with users and products of
its own, and removes them after each try, after Ctrl-C as well.

  --openapi URL-OR-FILE  OpenAPI 3.0, 3.1 or Swagger 2, in JSON or YAML. Usual places: /v3/api-docs (Spring), /openapi.json
                         (FastAPI), /api-json (NestJS), /docs/json (Fastify), /swagger/v1/swagger.json (.NET)
  --har FILE             a recorded session of one order and its payment, where there is no document
  --name NAME            name of the profile, for TARGET (default: TARGET where that is a plain name, else my-shop)
  --force                replace the profile if it exists
  --help                 print this

With neither, the usual places of documents are asked (GET only), then the usual paths are assumed.

Settings (environment or .env), the same as for the runs: TARGET, BASE_URL, DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME,
ALLOW_WRITES_TO, API_TOKEN, API_KEY, API_PASSWORD, REQUEST_TIMEOUT_MS.

Exit code 0: the profile fits; 1: it was written, and not tried, or with misfits left, or the API does what no profile can
allow; 2: a setting is wrong; 3: it was written, and the API failed where it was tried; 130: interrupted, nothing written.
`;

const stopping = new AbortController();

/** Puts everything back after the first Ctrl-C; the second one ends at once. */
const endAtSignals = (): void => {
  let count = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      count += 1;
      if (count === 1) console.log('putting everything back; press Ctrl-C again to leave that to the next run');
      else if (count > 2) process.exit(exitCodes.interrupted);
      stopping.abort();
    });
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      openapi: { type: 'string' },
      har: { type: 'string' },
      name: { type: 'string' },
      force: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help.trimEnd());
    return exitCodes.fits;
  }
  const settings = loadSettings();
  const { baseUrl } = settings;
  if (baseUrl === undefined)
    throw new UserError('BASE_URL is not set: it is the address of the API to draft a profile of.');
  const { name, note } = draftName(values.name, settings.target);
  if (note !== undefined) console.log(note);
  endAtSignals();
  // Loaded once there is something to draft: a wrong option is answered at once.
  const { draftTarget, profilesFolder } = await import('../target-draft/draft-target.ts');
  return draftTarget({
    settings: { ...settings, baseUrl },
    name,
    folder: profilesFolder,
    force: values.force,
    ...(values.openapi !== undefined && { openApi: values.openapi }),
    ...(values.har !== undefined && { har: values.har }),
    signal: stopping.signal,
    print: (text) => {
      console.log(text);
    },
  });
};

ignoreUnreadOutput();

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof UserError) && !isUsage) throw error;
  if (!stopping.signal.aborted) console.error(error.message);
  process.exitCode = stopping.signal.aborted ? exitCodes.interrupted : exitCodes.settings;
}
