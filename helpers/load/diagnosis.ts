import { won } from '../budget.ts';
import type { Cause, PartMoment } from './load-part.ts';
import type { Diagnosis } from './load-summary.ts';
import type { MergedRun } from './merged-run.ts';
import { slownessOf } from './slowness.ts';

const count = (value: number): string => value.toLocaleString('en-US');

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

const shortSample = (text: string): string => (text.length > 240 ? `${text.slice(0, 240)}…` : text);

/** What kept a run from succeeding, the weightiest cause first: each with its evidence and its remedy. */
export function diagnose(run: MergedRun): Diagnosis[] {
  const problems = [...run.ledger.problems, ...run.broken];
  const brokenPromises: Diagnosis[] =
    problems.length === 0
      ? []
      : [
          {
            cause: 'broken-promise',
            sentence:
              `The target broke its promises: ${count(run.ledger.problems.length)} deviations in the tables, ` +
              `${count(run.counters.idempotency_verification_failure)} answers that were not what they had to be.`,
            evidence: problems.slice(0, 10),
            remedy: 'Run the scenarios (npx playwright test --project=scenarios): they show each promise by itself.',
          },
        ];
  // One cause can have several codes; it is one diagnosis all the same.
  const groups = new Map<string, Cause[]>();
  for (const cause of run.causes) {
    const key = `${cause.stage} ${cause.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), cause]);
  }
  const weighed = [...groups.values()].sort((one, other) => total(other) - total(one));
  const slowness = slownessOf(run);
  return [...brokenPromises, ...weighed.map((causes) => diagnosisOf(run, causes)), ...(slowness ? [slowness] : [])];
}

const total = (causes: readonly Cause[]): number => causes.reduce((sum, cause) => sum + cause.count, 0);

/** Requests of one stage, answered or not. */
export function requestsOfStage({ causes, counters }: MergedRun, stage: Cause['stage']): number {
  const refusedOrders = total(causes.filter((cause) => cause.stage === 'order'));
  const orders = refusedOrders + counters.orders_created;
  return stage === 'order' ? orders : Math.max(0, counters.http_reqs - orders);
}

function diagnosisOf(run: MergedRun, causes: readonly Cause[]): Diagnosis {
  const first = causes.reduce((one, other) => (other.firstMs < one.firstMs ? other : one));
  const { stage } = first;
  const number = total(causes);
  const share = number / Math.max(1, requestsOfStage(run, stage));
  const seconds = Math.max(0, (first.firstMs - run.startedMs) / 1000).toFixed(1);
  const what = `${count(number)} of ${count(requestsOfStage(run, stage))} ${stage} requests (${percent(share)})`;
  const { cause, said, inShort, remedy, evidence } = explanation(run, first, number);
  return {
    cause,
    sentence: `${what} ${said}, the first after ${seconds} s: ${inShort}.`,
    evidence: [
      ...causes
        .slice(0, 3)
        .map(
          (one) =>
            `${[one.status, one.code].filter((part) => part !== undefined).join(' ') || 'no answer'}: ${shortSample(one.sample)}`,
        ),
      ...evidence,
    ],
    remedy,
  };
}

interface Explanation {
  readonly cause: string;
  /** Goes on after "N of M requests". */
  readonly said: string;
  /** The remedy in a few words: goes on after the colon. */
  readonly inShort: string;
  readonly remedy: string;
  readonly evidence: readonly string[];
}

const rowsOfFirst = ({ before, then, userId, productId, amount }: Cause): string[] => [
  ...(then?.balance === undefined
    ? []
    : [
        `user ${userId} held ${won(then.balance)} in the tables when ${won(amount)} were refused` +
          (before?.balance === undefined ? '' : ` (${won(before.balance)} before the run)`),
      ]),
  ...(then?.stock === undefined
    ? []
    : [
        `product ${productId} had ${count(then.stock)} in stock` +
          (before?.stock === undefined ? '' : ` (${count(before.stock)} before the run)`),
      ]),
];

const balancesOf = ({ depletion, ledger, largestAmount }: MergedRun): string[] =>
  depletion
    ? [
        `${count(depletion.after.accountsShort)} of ${count(ledger.accounts)} accounts hold less than ${won(largestAmount)} now ` +
          `(lowest ${won(depletion.after.balanceLowest)}); before the run ${count(depletion.before.accountsShort)} did ` +
          `(lowest ${won(depletion.before.balanceLowest)})`,
      ]
    : [];

const stockOf = ({ depletion, ledger }: MergedRun): string[] =>
  depletion
    ? [
        `${count(depletion.after.productsSoldOut)} of ${count(ledger.products)} products are sold out now ` +
          `(lowest stock ${count(depletion.after.stockLowest)}); before the run ${count(depletion.before.productsSoldOut)} were ` +
          `(lowest stock ${count(depletion.before.stockLowest)})`,
      ]
    : [];

const needOf = ({ budget }: MergedRun): string[] => (budget ? budget.lines.slice(1, 4) : []);

const shortOf = ({ depletion }: MergedRun) => ({
  balance: (depletion?.after.accountsShort ?? 0) > 0,
  stock: (depletion?.after.productsSoldOut ?? 0) > 0,
});

const need = ({ budget }: MergedRun, ...names: ('balance' | 'stock')[]): string =>
  names
    .map((name) =>
      name === 'balance'
        ? `every account needs ${won(budget?.neededPerAccount ?? 0)}`
        : `every product needs ${count(budget?.neededPerProduct ?? 0)} in stock`,
    )
    .join(' and ') + (budget?.seeded ? '; raise SAFETY_MARGIN' : '; set SEED=on, or run the SQL below');

const cures = (run: MergedRun, ...names: ('balance' | 'stock')[]): string => {
  const { budget } = run;
  const needs = names.map((name) =>
    name === 'balance'
      ? `${won(budget?.neededPerAccount ?? 0)} in every account`
      : `${count(budget?.neededPerProduct ?? 0)} in stock of every product`,
  );
  const statements = names.map((name) => run.parts[0]?.cure[name] ?? '').filter(Boolean);
  return (
    `The run needs ${needs.join(' and ')}. ` +
    (budget?.seeded
      ? 'It was seeded for fewer iterations than it came to: raise SAFETY_MARGIN, or set LOAD_ITERATION_MS lower.'
      : `Set SEED=on for accounts and products of its own, or run: ${statements.join(' ')}`)
  );
};

function explanation(run: MergedRun, first: Cause, number: number): Explanation {
  const rows = rowsOfFirst(first);
  const { amount, then, reason, stage } = first;
  const short = shortOf(run);
  switch (reason) {
    case 'balance':
      return then?.balance !== undefined && then.balance >= amount
        ? contradiction('balance', rows)
        : {
            cause: 'balance',
            said: 'were refused because the balance is too low',
            inShort: need(run, 'balance', ...(short.stock ? (['stock'] as const) : [])),
            evidence: [...rows, ...balancesOf(run), ...(short.stock ? stockOf(run) : []), ...needOf(run)],
            remedy: cures(run, 'balance', ...(short.stock ? (['stock'] as const) : [])),
          };
    case 'stock': {
      // Stock that was given back since would show here, but a load run cancels nothing.
      if (then?.stock !== undefined && then.stock >= 1) return contradiction('stock', rows);
      const alsoBalance = short.balance && !run.causes.some((cause) => cause.reason === 'balance');
      return {
        cause: 'stock',
        said: 'were refused because the stock is too low',
        inShort: need(run, 'stock', ...(alsoBalance ? (['balance'] as const) : [])),
        evidence: [
          ...rows,
          ...stockOf(run),
          ...(alsoBalance
            ? [
                `the balance is short too, but has refused nothing yet: ${balancesOf(run).join('')}. ` +
                  'With stock alone refilled, the payments would be refused next',
              ]
            : []),
          ...needOf(run),
        ],
        remedy: cures(run, ...(alsoBalance ? (['balance', 'stock'] as const) : (['stock'] as const))),
      };
    }
    case 'in-progress':
      return {
        cause: 'in-progress',
        said: 'were refused because a payment with the same key was being processed',
        inShort: 'allowed, as long as a later replay gives the original',
        evidence: rows,
        remedy:
          'That is allowed as long as a later replay gives the original. Where there are many, payments take longer than the pause between them (LOAD_GAP_MS), or a key stays locked after its payment is over.',
      };
    case 'order-state':
      return {
        cause: 'order-state',
        said: 'were refused because of the state of the order',
        inShort: 'the API does not recognize a repeated key',
        evidence: rows,
        remedy:
          'Every order of the run is new, and paid with one key only: a repeated payment that is refused for the state of the order means that the API does not recognize the key. Run the scenarios of idempotent-replay.spec.ts.',
      };
    case 'key-reuse':
      return {
        cause: 'key-reuse',
        said: 'were refused because the idempotency key is said to belong to another request',
        inShort: 'the API takes different keys for equal, or equal requests for different',
        evidence: rows,
        remedy:
          'Every key of the run is used for one order: the API takes keys for equal that are not (does it compare them byte for byte, and apart for each user?), or it compares requests that are the same as different.',
      };
    case 'foreign-order':
      return {
        cause: 'wrong-user',
        said: 'were refused because the order is said to belong to another user',
        inShort: 'check under which name the target profile sends the user',
        evidence: rows,
        remedy:
          'Every order is paid by the user who made it: does the target profile send the user under the right name?',
      };
    case 'unknown-user':
      return unknownTo(reason, then === undefined ? undefined : then.balance !== undefined, rows);
    case 'unknown-product':
      return unknownTo(reason, then === undefined ? undefined : then.stock !== undefined, rows);
    case 'unknown-order':
      return {
        cause: 'not-the-same-system',
        said: 'were refused because the API does not know the order',
        inShort: 'it has answered the order just before',
        evidence: rows,
        remedy:
          'Every order of the run was answered by the API itself before it is paid: it reads a replica or a cache that lags behind, or BASE_URL leads to several systems in turn.',
      };
    case 'unauthenticated':
      return {
        cause: 'authentication',
        said: 'were refused for lack of authentication',
        inShort: 'give the target profile its credentials',
        evidence: [],
        remedy: 'The target wants credentials: the target profile must say how to come by them.',
      };
    case 'rate-limit':
      return {
        cause: 'rate-limit',
        said: 'were refused because there were too many (429)',
        inShort: 'lift the rate limit, or lower LOAD_VUS',
        evidence: [],
        remedy: 'Lift the rate limit for the machine that runs the load, or lower LOAD_VUS.',
      };
    case 'server-error':
      return {
        cause: 'server-error',
        said: `failed inside the API (${first.status ?? '5xx'})`,
        inShort: 'look into its log',
        evidence: rows,
        remedy: `Look into the API's log at ${new Date(first.firstMs).toISOString()}.`,
      };
    case 'time-out':
      return {
        cause: 'time-out',
        said: 'had no answer in time (REQUEST_TIMEOUT_MS)',
        inShort: 'the API was too slow or stuck from then on',
        evidence: balanceOfAnswers(run, first),
        remedy: `The API was too slow or stuck from ${new Date(first.firstMs).toISOString()} on: look for locks and pools that had run out then, or lower LOAD_VUS.`,
      };
    case 'no-answer':
      return goneOrLost(run, first, number);
    case 'unknown':
      return {
        cause: 'unknown',
        said: `were refused with ${first.status ?? 'an answer'} and named no cause that is known`,
        inShort: 'read the body',
        evidence: [
          ...rows,
          ...(then?.balance === undefined || then.stock === undefined
            ? []
            : [
                then.balance >= amount && then.stock >= 1
                  ? 'balance and stock sufficed, so it was neither of them'
                  : `${then.balance < amount ? 'the balance' : 'the stock'} was too low, but the answer does not say that this was why`,
              ]),
          `request: ${shortSample(first.request)}`,
        ],
        remedy:
          'Read the body above. If it does name the cause, add its code to `refusals` of the target profile; if it does not, that is what the API should mend first.',
      };
    default:
      return {
        cause: 'bad-request',
        said: `were refused as wrong (${[first.status, reason].filter(Boolean).join(' ')})`,
        inShort: 'check the form of the request in the target profile',
        evidence: [`request: ${shortSample(first.request)}`],
        remedy: `This is of the suite's own making: the target profile describes the ${stage} request in another form than the API takes.`,
      };
  }
}

/** @param isInTables undefined where the tables could not be looked at. */
const unknownTo = (
  reason: 'unknown-user' | 'unknown-product',
  isInTables: boolean | undefined,
  rows: readonly string[],
): Explanation => ({
  cause: isInTables ? 'not-the-same-system' : reason,
  said: `were refused because the API does not know the ${reason.slice('unknown-'.length)}`,
  inShort: isInTables ? 'point BASE_URL and DB_* at one system' : 'set USER_IDS and PRODUCT_IDS, or SEED=on',
  evidence: [
    ...rows,
    ...(isInTables === undefined ? [] : [isInTables ? 'the database has it' : 'the database does not have it either']),
  ],
  remedy: isInTables
    ? 'API and database are not the same system, or the API reads a replica or a cache: point BASE_URL and DB_* at one system.'
    : 'Set USER_IDS and PRODUCT_IDS to users and products that are there, or SEED=on.',
});

const contradiction = (what: 'balance' | 'stock', rows: readonly string[]): Explanation => ({
  cause: 'not-the-same-system',
  said: `were refused because the ${what} is said to be too low, but the tables say that it sufficed`,
  inShort: 'point BASE_URL and DB_* at one system',
  evidence: rows,
  remedy: `Either BASE_URL and DB_* are two systems, or the API decides by a ${what} that it keeps elsewhere (a cache, a replica).`,
});

/** Requests of a moment without an answer; a refusal is one. */
const lostIn = ({ refusals }: PartMoment): number =>
  Object.entries(refusals).reduce(
    (lost, [cause, number]) => (/ (?:no-answer|time-out)$/.test(cause) ? lost + number : lost),
    0,
  );

/** Whether anything was still answered afterwards. */
function goneOrLost(run: MergedRun, first: Cause, number: number): Explanation {
  const lastAnswered = run.moments.findLast((moment) => moment.requests > lostIn(moment));
  // Within a moment the order is not known: only one without any answer tells.
  const silent = run.moments.find(
    ({ startMs, requests }) => requests > 0 && startMs > (lastAnswered?.startMs ?? -Infinity),
  );
  const gone = !lastAnswered || (silent !== undefined && lastAnswered.startMs <= first.firstMs);
  const second = ((first.firstMs - run.startedMs) / 1000).toFixed(1);
  return gone
    ? {
        cause: 'api-gone',
        said: `got no answer: the API was gone from second ${second} on`,
        inShort: 'find out why it stopped, and start it again',
        evidence: [lastAnswered ? 'nothing was answered after that' : 'nothing was ever answered'],
        remedy: `Was it stopped, or did it crash? Look into its log at ${new Date(first.firstMs).toISOString()}.`,
      }
    : {
        cause: 'answers-lost',
        said: 'got no answer, while others did',
        inShort: 'connections are being cut on the way',
        evidence: [
          `${count(run.counters.unknown_resolved)} payments among them were found to be made by a replay, ${count(run.counters.unknown_left)} stayed open; ${count(number)} requests in all`,
          ...balanceOfAnswers(run, first),
        ],
        remedy:
          'Connections were cut: by a proxy, by a keep-alive that is shorter than the pauses, or by an API that restarts or runs out of connections.',
      };
}

const balanceOfAnswers = (run: MergedRun, first: Cause): string[] => {
  const moment = run.moments.findLast(({ startMs }) => startMs <= first.firstMs);
  return moment ? [`there were ${count(moment.vus)} virtual users at the time`] : [];
};
