import { describeOutcome, maxShownLength, type Exchange } from '../api/exchange.ts';
import { describeField } from '../text/describe-field.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shownLine, shownText } from '../text/shown-text.ts';
import type { Deviation, EvidenceExchange, Observed } from './deviation.ts';

/** Of more requests than a reader goes through, the first ones are kept. */
const maxExchanges = 150;

const maxOutcomeLength = 300;

const safe = (text: string, maxLength: number): string => withoutSecrets(shownText(text, maxLength));

const evidenceOf = (exchange: Exchange, startMs: number): EvidenceExchange => {
  const { name, request, response, idempotencyKey, sentAtMs, durationMs } = exchange;
  return {
    call: name,
    method: request.method,
    path: safe(request.path, maxOutcomeLength),
    ...(idempotencyKey !== undefined && { key: safe(describeField(idempotencyKey), maxOutcomeLength) }),
    ...(request.body !== undefined && { body: safe(request.body, maxShownLength.attached) }),
    ...(response && { status: response.status, answer: safe(response.body, maxShownLength.attached) }),
    outcome: withoutSecrets(shownLine(describeOutcome(exchange), maxOutcomeLength)),
    sentAtMs: Math.round(sentAtMs - startMs),
    durationMs: Math.round(durationMs),
  };
};

/** What a failed test leaves for the reports. */
export function observedOf({
  deviations,
  exchanges,
  rows,
  gate,
}: {
  readonly deviations: readonly Deviation[];
  /** In the order in which they were sent. */
  readonly exchanges: readonly Exchange[];
  readonly rows: Observed['rows'];
  /** What was noted about locked rows. */
  readonly gate: readonly string[];
}): Observed {
  const startMs = exchanges[0]?.sentAtMs ?? 0;
  return {
    deviations: deviations.map((deviation) => ({
      ...deviation,
      sentence: withoutSecrets(deviation.sentence),
      details: deviation.details.map((detail) => withoutSecrets(detail)),
    })),
    exchanges: exchanges.slice(0, maxExchanges).map((exchange) => evidenceOf(exchange, startMs)),
    ...(rows && { rows }),
    gate: [...gate],
  };
}
