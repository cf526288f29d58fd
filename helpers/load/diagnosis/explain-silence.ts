import { ranWithoutDatabase } from '../audit/load-ledger.ts';
import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { count, shortSample, type Explanation } from './explanation.ts';

/** Shorter than a request is repeated for: less is nothing that lasts. */
const silenceMs = 1000;

/** Requests without an answer: it came too late, or not at all. */
export function explainSilence(run: MergedRun, first: Cause, number: number): Explanation {
  switch (first.reason) {
    case 'time-out':
      return {
        cause: 'time-out',
        said: 'had no answer in time (REQUEST_TIMEOUT_MS)',
        inShort: 'the API was too slow or stuck from then on',
        evidence: [...usersAt(run, first), ...databaseToo(run)],
        remedy: `The API was too slow or stuck from ${new Date(first.firstMs).toISOString()} on: what it waited for is for its own log and metrics to say.`,
      };
    case 'answer-too-large':
      return {
        cause: 'answer-too-large',
        said: 'had an answer that is too large to be read',
        inShort: 'find out what the API answers there',
        evidence: [`request: ${shortSample(first.request)}`],
        remedy:
          'An order or a payment is a few hundred bytes. Send the request by hand: does the API answer a page, a list, or without an end?',
      };
    default:
      return goneOrLost(run, first, number);
  }
}

/** Tells an API that is gone from one that lost single answers, by the answers that came afterwards. */
function goneOrLost(run: MergedRun, first: Cause, number: number): Explanation {
  const lastLostMs = Math.max(
    ...run.causes.filter(({ reason }) => reason === 'no-answer' || reason === 'time-out').map(({ lastMs }) => lastMs),
  );
  const { lastAnsweredMs } = run;
  if (lastAnsweredMs !== undefined && lastLostMs - lastAnsweredMs < silenceMs) {
    return {
      cause: 'answers-lost',
      said: 'got no answer, while others did',
      inShort: 'connections are being cut on the way',
      evidence: [
        `${count(run.counters.unknown_resolved)} payments among them were found to be made by a replay, ${count(run.counters.unknown_left)} stayed open; ${count(number)} requests in all`,
        ...usersAt(run, first),
      ],
      remedy:
        'Connections were cut: by a proxy, by a keep-alive that is shorter than the pauses, or by an API that restarts or runs out of connections.',
    };
  }
  const goneMs = lastAnsweredMs ?? run.startedMs;
  const second = Math.max(0, (goneMs - run.startedMs) / 1000).toFixed(1);
  const silentSeconds = ((lastLostMs - goneMs) / 1000).toFixed(1);
  return {
    cause: 'api-gone',
    said: `got no answer: the API was gone from second ${second} on`,
    inShort: 'find out why it stopped, and start it again',
    evidence: [
      lastAnsweredMs === undefined
        ? 'nothing was ever answered'
        : `its last answer came at second ${second} (${new Date(goneMs).toISOString()}), and nothing in the ${silentSeconds} s after that`,
      ...databaseToo(run),
    ],
    remedy: `Was it stopped, or did it crash? Look into its log at ${new Date(goneMs).toISOString()}.`,
  };
}

/** Describes that the database is gone as well, if it is. */
export const databaseToo = ({ ledger }: Pick<MergedRun, 'ledger'>): string[] =>
  ledger.notAudited === undefined || ranWithoutDatabase(ledger)
    ? []
    : [`the database did not answer either, after the run: ${ledger.notAudited}`];

const usersAt = ({ moments }: MergedRun, { firstMs }: Cause): string[] => {
  const moment = moments.findLast(({ startMs }) => startMs <= firstMs);
  return moment ? [`there were ${count(moment.vus)} virtual users at the time`] : [];
};
