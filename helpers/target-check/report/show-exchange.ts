import { describeOutcome, type Exchange } from '../../api/answers/exchange.ts';
import { shownLine } from '../../text/shown-text.ts';
import type { ShownExchange } from './step-report.ts';

const maxLength = 400;

/** Returns a request and its answer for people. */
export function showExchange(exchange: Exchange): ShownExchange {
  const { request, response, durationMs } = exchange;
  const key = Object.entries(request.headers).filter(([name]) => !/^(accept|content-type|authorization)$/i.test(name));
  const headers = key.map(([name, value]) => `  ${name}: ${value}`).join('');
  return {
    request: shownLine(`${request.method} ${request.path}${headers}`, maxLength),
    ...(request.body !== undefined && { requestBody: shownLine(request.body, maxLength) }),
    outcome: shownLine(describeOutcome(exchange), maxLength),
    ...(response?.body && { answerBody: shownLine(response.body, maxLength) }),
    durationMs: Math.round(durationMs),
  };
}
