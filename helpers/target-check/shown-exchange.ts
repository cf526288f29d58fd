import { describeOutcome, type Exchange } from '../exchange.ts';
import { printable } from '../load/report/printable.ts';
import type { Masker } from './masker.ts';
import type { ShownExchange } from './step-report.ts';

const longest = 400;

/** A text of unknown origin for people: without secrets and control characters, on one line, shortened. */
export function shownText(text: string, masker: Masker, length = longest): string {
  // Masked before it is cut, since half a secret is not recognised.
  const safe = printable(masker.mask(text));
  return safe.length > length ? `${safe.slice(0, length)}… (${text.length} characters)` : safe;
}

/** A request and its answer for people. */
export function showExchange(exchange: Exchange, masker: Masker): ShownExchange {
  const { request, response, durationMs } = exchange;
  const key = Object.entries(request.headers).filter(([name]) => !/^(accept|content-type|authorization)$/i.test(name));
  const headers = key.map(([name, value]) => `  ${name}: ${value}`).join('');
  return {
    request: shownText(`${request.method} ${request.path}${headers}`, masker),
    ...(request.body !== undefined && { requestBody: shownText(request.body, masker) }),
    outcome: shownText(describeOutcome(exchange), masker),
    ...(response?.body && { answerBody: shownText(response.body, masker) }),
    durationMs: Math.round(durationMs),
  };
}
