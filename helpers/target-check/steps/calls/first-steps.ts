import { isDeepStrictEqual } from 'node:util';
import { isWebPage } from '../../../api/answers/unusable-answer.ts';
import { parseJson, valueAt } from '../../../text/json.ts';
import { UserError } from '../../../text/user-error.ts';
import { judgeMissingSuccess } from '../../judge/judge-missing-success.ts';
import { judgeTables } from '../../judge/judge-tables.ts';
import { literal, misfitOf } from '../../judge/misfit.ts';
import { RowsOfCheck } from '../rows-of-check.ts';
import { readColumns } from '../read-columns.ts';
import { usualHealthPaths } from '../../suggest/usual-health-paths.ts';
import { NotApplicable, StepFailure, StepMisfit } from '../step-ends.ts';
import type { Step } from '../step.ts';
import type { Walk } from '../walk.ts';

async function reach(walk: Walk): Promise<void> {
  const { success, says = {} } = walk.endpoint('health');
  const exchange = await walk.send((api) => api.health());
  const { status, body } = exchange.response;
  if (status === 404) {
    const path = await healthPath(walk);
    if (path === undefined) walk.note('health answers 404: is the path of BASE_URL right?');
    else walk.add(misfitOf(`health answers 404, and ${path} answers`, ['endpoints', 'health', 'path'], path));
  } else if (status !== success) {
    walk.note(`the profile says ${success}; any answer below 500 means that the API is up`);
  }
  // What refuses to say it may well be something else than the health check.
  if (exchange.outcome === 'refused') {
    if (status !== 404)
      walk.note('is the path of BASE_URL right, and are there headers that every request has to have?');
    return;
  }
  const told = parseJson(body);
  const isTold = Object.entries(says).every(([name, value]) => isDeepStrictEqual(valueAt(told, name), value));
  if (!isTold && isWebPage(exchange.response)) {
    walk.note(`the health check is a web page, so that it cannot say ${literal(says)}: nothing is concluded from it`);
  } else if (!isTold) {
    walk.add(misfitOf(`the answer lacks ${literal(says)}`, ['endpoints', 'health', 'says'], undefined));
  }
}

/** Returns the usual path of a health call that the API answers. */
async function healthPath(walk: Walk): Promise<string | undefined> {
  for (const path of usualHealthPaths) {
    const property = ['endpoints', 'health', 'path'];
    const answered = await walk
      .withCorrection({ property, value: path }, () => walk.send((api) => api.health()))
      .catch((error: unknown) => {
        if (!(error instanceof StepFailure)) throw error;
        return undefined;
      });
    if (answered?.outcome === 'ok' && !isWebPage(answered.response)) return path;
  }
  return undefined;
}

/** Reads the balance of any user, to check path and authentication before anything is written. */
async function readBalance(walk: Walk): Promise<void> {
  walk.endpoint('getBalance');
  const { userIds } = walk.settings.load;
  if (!userIds && walk.profile.authentication?.by === 'log-in') {
    throw new NotApplicable('without USER_IDS there is no user yet who could log in');
  }
  const userId = walk.id('user', userIds?.first ?? 1);
  const exchange = await walk.send((api) => api.getBalance(userId));
  const { status } = exchange.response;
  if (!userIds && (status === 400 || status === 404)) {
    if (exchange.refusal?.reason === 'unknown-user') {
      walk.note(`there is no user ${userId}, and the refusal is as in the profile`);
      return;
    }
    throw new NotApplicable(
      `${status} for user ${userId} may be due to the path or to the user; a later step reads a user that exists`,
    );
  }
  if (exchange.outcome === 'ok') {
    walk.judgeAnswer(exchange, { fields: { userId } });
    return;
  }
  if (status === 401) walk.block();
  throw new StepMisfit(judgeMissingSuccess(exchange, walk.profile, walk.settings));
}

async function lookIntoTables(walk: Walk): Promise<void> {
  const { database, allowWritesTo } = walk.settings;
  if (!database) {
    throw new NotApplicable('DB_HOST is not set, and the check orders only for users of its own');
  }
  try {
    const misfits = judgeTables(walk.profile, await readColumns(database, walk.profile.tables));
    walk.add(...misfits);
    // A guessed table is good enough for a suggestion, but not for writes and deletions.
    if (misfits.some(({ property }) => property?.[0] === 'tables')) return;
    const rows = await RowsOfCheck.connect(database, walk.profile, allowWritesTo);
    const lacking = await rows.missingRights();
    if (lacking) {
      await rows.close();
      throw new StepMisfit({ problem: lacking.lack, suggestion: lacking.cure });
    }
    walk.useRows(rows);
    const removed = await rows.removeAbandoned();
    if (removed > 0) walk.note(`removed ${removed} rows of killed runs`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new StepMisfit({
      problem: error.message,
      suggestion: 'check DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME, DB_SSL, DB_SSL_CA',
    });
  }
}

/** Checks that the API is up, and that its database is the one in the profile. */
export const firstSteps: readonly Step[] = [
  { title: 'reach the API', run: reach },
  { title: 'read a balance', run: readBalance },
  { title: 'find the tables in the database', provides: ['database'], run: lookIntoTables },
];
