import { describeOutcome, maxShownLength, type Exchange } from '../../api/answers/exchange.ts';
import { describeField } from '../../text/describe-field.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { shownLine, shownText } from '../../text/shown-text.ts';
import { hasReplayHeader } from '../../api/answers/replay-header.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Deviation, EvidenceExchange, Intervention, Observed } from './deviation.ts';

/** Of more requests than a reader goes through, the first ones are kept. */
const maxExchanges = 150;

const maxOutcomeLength = 300;

const inTenths = (ms: number): number => Math.round(ms * 10) / 10;

const safe = (text: string, maxLength: number): string => withoutSecrets(shownText(text, maxLength));

/** A longer body is no longer sent by a script. */
const maxExactLength = 20_000;

/** Sent with every request. */
const usualHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'content-type': 'application/json',
};

/** Returns a text as JSON without any character that a report would leave out. */
const inAscii = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const exactly = ({ path, body }: Exchange['request'], shown: EvidenceExchange): EvidenceExchange['exact'] => {
  if (path === shown.path && body === shown.body) return undefined;
  const texts = [path, body ?? ''];
  if (texts.some((text) => text.length > maxExactLength || withoutSecrets(text) !== text)) return undefined;
  return { path: inAscii(path), ...(body !== undefined && { body: inAscii(body) }) };
};

const unusual = ({ headers, body }: Exchange['request']): Record<string, string> => {
  const usual = Object.keys(usualHeaders).filter((name) => name !== 'content-type' || body !== undefined);
  return Object.fromEntries(
    [...new Set([...usual, ...Object.keys(headers)])]
      .filter((name) => headers[name] !== usualHeaders[name])
      .map((name) => [name, withoutSecrets(headers[name] ?? '')]),
  );
};

const evidenceOf = (profile: TargetProfile, exchange: Exchange, startMs: number): EvidenceExchange => {
  const shown = shownOf(exchange, startMs);
  const headers = unusual(exchange.request);
  const exact = exactly(exchange.request, shown);
  return {
    ...shown,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(exchange.sentBy !== undefined && { sentBy: exchange.sentBy }),
    ...(exchange.instance !== undefined && { instance: exchange.instance }),
    ...(profile.policies.replay.header && exchange.response && { isReplay: hasReplayHeader(exchange, profile) }),
    ...(exact && { exact }),
  };
};

const shownOf = (exchange: Exchange, startMs: number): EvidenceExchange => {
  const { name, request, response, idempotencyKey, sentAtMs, durationMs } = exchange;
  return {
    call: name,
    method: request.method,
    path: safe(request.path, maxOutcomeLength),
    ...(idempotencyKey !== undefined && { key: safe(describeField(idempotencyKey), maxOutcomeLength) }),
    ...(request.body !== undefined && { body: safe(request.body, maxShownLength.attached) }),
    ...(response && { status: response.status, answer: safe(response.body, maxShownLength.attached) }),
    outcome: withoutSecrets(shownLine(describeOutcome(exchange), maxOutcomeLength)),
    sentAtMs: inTenths(sentAtMs - startMs),
    durationMs: inTenths(durationMs),
  };
};

/** Returns what a failed test leaves for the reports. */
export function observedOf({
  profile,
  deviations,
  exchanges,
  rows,
  gate,
  interventions = [],
}: {
  readonly profile: TargetProfile;
  readonly deviations: readonly Deviation[];
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  readonly rows: Observed['rows'];
  /** What was noted about locked rows. */
  readonly gate: readonly string[];
  /** With times on the clock of the exchanges. */
  readonly interventions?: readonly Intervention[];
}): Observed {
  const startMs = exchanges[0]?.sentAtMs ?? 0;
  return {
    deviations: deviations.map((deviation) => ({
      ...deviation,
      sentence: withoutSecrets(deviation.sentence),
      details: deviation.details.map((detail) => withoutSecrets(detail)),
    })),
    exchanges: exchanges.slice(0, maxExchanges).map((exchange) => evidenceOf(profile, exchange, startMs)),
    ...(rows && { rows }),
    gate: [...gate],
    ...(interventions.length > 0 && {
      interventions: interventions.map(({ atMs, untilMs, ...rest }) => ({
        ...rest,
        atMs: inTenths(atMs - startMs),
        ...(untilMs !== undefined && { untilMs: inTenths(untilMs - startMs) }),
      })),
    }),
  };
}
