import { plainAmount } from '../../../profile/amount-in-words.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from '../../../text/json.ts';
import { isOffered, offered } from '../../../profile/endpoint-forms.ts';
import { answerSchemas } from '../../../api/answers/answers.ts';
import { newConnectionTransport } from '../../../api/transports/new-connection-transport.ts';
import { maxCacheMs } from '../../../seeding/seeded-balance.ts';
import { misfitOf, type PropertyPath } from '../../judge/misfit.ts';
import { balanceOf, readTables } from '../place-order.ts';
import { readAnswer, type AnsweringCall } from '../read-answer.ts';
import { StepMisfit } from '../step-ends.ts';
import type { Step } from '../step.ts';
import type { Answered } from '../facts.ts';
import type { Walk } from '../walk.ts';

// Amounts that hardly occur elsewhere in an answer.
const balance = 1_234_567;
const price = 12_345;
const stock = 37;
const change = 111;

const pollMs = 200;

/** Inserts a row. @throws StepMisfit with the error of the database. */
async function inserting<Row>(property: PropertyPath, insert: () => Promise<Row>): Promise<Row> {
  try {
    return await insert();
  } catch (error) {
    throw new StepMisfit({
      problem: `no row can be inserted: ${error instanceof Error ? error.message : String(error)}`,
      property,
      suggestion: "name the right columns, and set further required ones with fixed: { column: 'value' }",
    });
  }
}

const readAnswered = (
  walk: Walk,
  name: AnsweringCall,
  { response }: Answered,
  asked: Readonly<Record<string, unknown>>,
) => {
  const read = readAnswer(name, parseJson(response.body), walk.profile, asked);
  return 'answer' in read ? read.answer : undefined;
};

/** Returns the balance that an answer says; undefined where it says none. */
export const saidBalance = (walk: Walk, answered: Answered, userId: number | string): number | undefined =>
  answerSchemas.balance.safeParse(readAnswered(walk, 'getBalance', answered, { userId })).data?.balance;

async function readOwnBalance(walk: Walk): Promise<void> {
  const { tables } = walk.profile;
  const { users } = tables;
  const rows = await walk.rows();
  const account = await inserting(
    ['tables', offered(tables.balances)?.table === users.table ? 'balances' : 'users'],
    () => rows.insertAccount({ name: 'Target check', balance }),
  );
  walk.establish('account', account);
  walk.endpoint('getBalance');
  const userId = walk.id('user', account.userId);
  const read = () => walk.succeed((api) => api.getBalance(userId));
  const answered = await read();
  const written = async () => balanceOf(await readTables(walk), account);
  walk.judgeAnswer(answered, { fields: { userId, balance: await written() } });
  // The correction may have changed the unit of the table's number.
  if (saidBalance(walk, answered, userId) !== (await written())) {
    throw new StepMisfit({
      problem:
        'API and database are not the same system, or the profile names another balance: ' +
        `${plainAmount(await written(), walk.profile.money)} is in ${balanceColumn(walk)} for user ${userId}`,
      property: ['tables', 'balances'],
      suggestion: 'point BASE_URL and DB_* at one system, and check the table and column of the balance',
    });
  }
  walk.establish('sameSystem', true);
  walk.establish('balance', true);
  await compareInstances(walk, userId, await written());
  await (await walk.rows()).addToBalance(account, change);
  await awaitChange(walk, read, userId, await written());
}

/** Compares the balance with what further instances of the service show, where some are named. */
async function compareInstances(walk: Walk, userId: number | string, expected: number | undefined): Promise<void> {
  const { otherInstances, requestTimeoutMs, apiCa } = walk.settings;
  for (const [place, url] of otherInstances.entries()) {
    const transport = newConnectionTransport(url, requestTimeoutMs, { ca: apiCa?.pem });
    const answered = await walk.succeed((api) => api.with({ transport, instance: place + 1 }).getBalance(userId));
    if (saidBalance(walk, answered, userId) === expected) continue;
    walk.add({
      problem: `instance ${url} of BASE_URLS shows another balance of user ${userId} than the database: it is another system`,
      suggestion: 'name instances of one service, on one database, in BASE_URLS',
    });
  }
}

/** Returns where the tables hold balances, for people. */
export function balanceColumn({ profile: { tables } }: Walk): string {
  const held = offered(tables.balances);
  return held ? `${held.table}.${held.balance}` : 'no table';
}

/** Waits until the API shows a balance that SQL has changed, and compares the delay with the profile. */
async function awaitChange(walk: Walk, read: () => Promise<Answered>, userId: number | string, changed: number) {
  const declaredMs = walk.profile.policies.balancesAreCachedForMs;
  const property = ['policies', 'balancesAreCachedForMs'];
  const start = performance.now();
  const waited = (): number => performance.now() - start;
  let isSeen = false;
  let isTold = false;
  let seenMs = 0;
  while (!isSeen && waited() <= maxCacheMs) {
    const askedMs = waited();
    isSeen = saidBalance(walk, await read(), userId) === changed;
    seenMs = askedMs;
    if (!isSeen && !isTold) walk.tell(`waiting for at most ${maxCacheMs / 1000} s until a changed balance is shown`);
    isTold = true;
    if (!isSeen) await sleep(pollMs, undefined, { signal: walk.signal }).catch(() => undefined);
  }
  walk.keepFirstAndLastExchange();
  if (!isSeen && declaredMs === 0) {
    // A cache that the target's own writes clear harms nobody.
    walk.note(`a balance that SQL changed is not seen within ${maxCacheMs / 1000} s: looked at again after a payment`);
    walk.establish('unseenChange', true);
  } else if (!isSeen && declaredMs > maxCacheMs) {
    walk.note(
      `a balance that SQL changed is not seen within ${maxCacheMs / 1000} s; the profile says ${declaredMs} ms`,
    );
  } else if (!isSeen) {
    walk.add({
      problem: `a balance that SQL changed is not seen through the API within ${Math.round(waited() / 1000)} s`,
      property,
      suggestion: 'the target caches balances for longer: set the time, or turn the cache off for tests',
    });
  } else if (seenMs > Math.max(declaredMs, pollMs / 2)) {
    const value = Math.ceil(seenMs / 1000) * 1000;
    const problem = `a balance that SQL changed is seen through the API only after ${(seenMs / 1000).toFixed(1)} s`;
    walk.add(misfitOf(problem, property, value));
  } else if (declaredMs > 0) {
    walk.note(`a changed balance is seen after ${Math.round(seenMs)} ms, within the ${declaredMs} ms of the profile`);
  }
}

async function readOwnProduct(walk: Walk): Promise<void> {
  const rows = await walk.rows();
  const product = await inserting(['tables', 'products'], () =>
    rows.insertProduct({ name: 'Target check', price, stock }),
  );
  walk.establish('product', product);
  const { getProduct } = walk.profile.endpoints;
  if (!isOffered(getProduct) && !isOffered(walk.profile.endpoints.getBalance)) {
    walk.note('neither balances nor products can be read: API and database are assumed to be the same system');
    walk.establish('sameSystem', true);
  }
  walk.endpoint('getProduct');
  const productId = walk.id('product', product.productId);
  const answered = await walk.succeed((api) => api.getProduct(productId));
  walk.judgeAnswer(answered, { fields: { productId, stock, price, name: product.name } });
  const content = answerSchemas.product.safeParse(readAnswered(walk, 'getProduct', answered, { productId })).data;
  if (content?.stock === stock) walk.establish('sameSystem', true);
}

/** Check that API and database are the same system: both show the same values of the check's own rows. */
export const sameSystemSteps: readonly Step[] = [
  {
    title: 'the same balance in API and database',
    provides: ['account', 'sameSystem', 'balance'],
    run: readOwnBalance,
  },
  { title: 'the same product in API and database', provides: ['product', 'sameSystem'], run: readOwnProduct },
];
