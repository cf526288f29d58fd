import { describeOutcome, maxShownLength, type Exchange } from '../../api/answers/exchange.ts';
import { describeField } from '../../text/describe-field.ts';
import { isRecord } from '../../text/json.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { shownLine, shownText } from '../../text/shown-text.ts';
import { hasReplayHeader } from '../../api/answers/replay-header.ts';
import { takesKey } from '../../profile/key-carriage.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Deviation, EvidenceExchange, Intervention, Observed } from './deviation.ts';

/** Of more requests than a reader goes through, the first ones are kept, and those that deviations name. */
const maxExchanges = 150;

/** Refusals of one kind are the same at any time; of successes each one counts. */
const isSame = (one: Exchange, other: Exchange): boolean =>
  one.request.path === other.request.path &&
  one.request.body === other.request.body &&
  one.idempotencyKey === other.idempotencyKey &&
  describeOutcome(one) === describeOutcome(other) &&
  (one.outcome !== 'ok' || one.response?.body === other.response?.body);

/** Whether a request was sent and answered the same before, and once more afterwards. */
const isOneOfMany = (exchange: Exchange, place: number, all: readonly Exchange[]): boolean =>
  all.slice(0, place).some((one) => one.sentAtMs + one.durationMs <= exchange.sentAtMs && isSame(one, exchange)) &&
  all.slice(place + 1).some((one) => isSame(one, exchange));

/** Returns the requests that are kept of many: of those that are sent again and again the first and the last. */
const keptOf = (exchanges: readonly Exchange[], deviations: readonly Deviation[]): readonly Exchange[] => {
  if (exchanges.length <= maxExchanges) return exchanges;
  const named = new Set(deviations.flatMap(({ at, original }) => [at, original]));
  const telling = exchanges.filter((one, place) => named.has(place) || !isOneOfMany(one, place, exchanges));
  const first = new Set(telling.slice(0, maxExchanges));
  return telling.filter((one) => first.has(one) || named.has(exchanges.indexOf(one)));
};

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

const orderInHeaderOf = (profile: TargetProfile, { name, outcome, answer }: Exchange): string | undefined =>
  profile.endpoints.createOrder.idInHeader !== undefined &&
  name === 'createOrder' &&
  outcome === 'ok' &&
  isRecord(answer)
    ? String(answer.orderId)
    : undefined;

const evidenceOf = (profile: TargetProfile, exchange: Exchange, startMs: number): EvidenceExchange => {
  const shown = shownOf(profile, exchange, startMs);
  const headers = unusual(exchange.request);
  const exact = exactly(exchange.request, shown);
  const orderInHeader = orderInHeaderOf(profile, exchange);
  return {
    ...shown,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(exchange.sentBy !== undefined && { sentBy: exchange.sentBy }),
    ...(exchange.instance !== undefined && { instance: exchange.instance }),
    ...(profile.policies.replay.header && exchange.response && { isReplay: hasReplayHeader(exchange, profile) }),
    ...(orderInHeader !== undefined && { orderInHeader: safe(orderInHeader, maxOutcomeLength) }),
    ...(exact && { exact }),
  };
};

const shownOf = (profile: TargetProfile, exchange: Exchange, startMs: number): EvidenceExchange => {
  const { name, request, response, sentAtMs, durationMs } = exchange;
  // Where its endpoint takes none, a key says no more than which requests are alike.
  const key = takesKey(profile, name) ? exchange.idempotencyKey : undefined;
  return {
    call: name,
    method: request.method,
    path: safe(request.path, maxOutcomeLength),
    ...(key !== undefined && { key: safe(describeField(key), maxOutcomeLength) }),
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
  unaudited = [],
  rows,
  gate,
  interventions = [],
}: {
  readonly profile: TargetProfile;
  readonly deviations: readonly Deviation[];
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  /** Further requests, which are evidence alone. */
  readonly unaudited?: readonly Exchange[];
  readonly rows: Observed['rows'];
  /** What was noted about locked rows. */
  readonly gate: readonly string[];
  /** With times on the clock of the exchanges. */
  readonly interventions?: readonly Intervention[];
}): Observed {
  const kept = [...keptOf(exchanges, deviations), ...unaudited].toSorted((one, other) => one.sentAtMs - other.sentAtMs);
  const startMs = kept[0]?.sentAtMs ?? 0;
  const placeOf = (name: 'at' | 'original', place: number | undefined): Partial<Deviation> => {
    const exchange = exchanges[place ?? -1];
    return exchange ? { [name]: kept.indexOf(exchange) } : {};
  };
  return {
    deviations: deviations.map(({ at, original, ...deviation }) => ({
      ...deviation,
      ...placeOf('at', at),
      ...placeOf('original', original),
      ...(deviation.problem !== undefined && { problem: withoutSecrets(deviation.problem) }),
      sentence: withoutSecrets(deviation.sentence),
      details: deviation.details.map((detail) => withoutSecrets(detail)),
    })),
    exchanges: kept.map((exchange) => evidenceOf(profile, exchange, startMs)),
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
