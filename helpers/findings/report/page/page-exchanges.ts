import type { EvidenceExchange } from '../../deviations/deviation.ts';
import { counted } from '../../../text/words/counted.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';

const maxExchanges = 60;
const colours = 6;

const ms = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });

const toneOf = ({ status }: EvidenceExchange): string =>
  status === undefined || status >= 500 ? 'fail' : status >= 400 ? 'caution' : 'pass';

/** Returns the letter and colour by which each key is told apart: `A`, `B`, … in the order of their first use. */
const signsOf = (exchanges: readonly EvidenceExchange[]): ReadonlyMap<string, { letter: string; colour: number }> => {
  const keys = new Set(exchanges.flatMap(({ key }) => (key === undefined ? [] : [key])));
  return new Map(
    [...keys].map((key, index) => [
      key,
      { letter: index < 26 ? String.fromCharCode(65 + index) : String(index + 1), colour: (index % colours) + 1 },
    ]),
  );
};

const text = (title: string, content: string | undefined): Content =>
  content === undefined || content === '' ? undefined : markup`<div><h5>${title}</h5><pre>${content}</pre></div>`;

/** Renders requests and answers in the order in which they were sent, and when each was under way. */
export function pageExchanges(all: readonly EvidenceExchange[]): Markup {
  const exchanges = all.slice(0, maxExchanges);
  const signs = signsOf(all);
  const begin = Math.min(...exchanges.map(({ sentAtMs }) => sentAtMs));
  const end = Math.max(...exchanges.map(({ sentAtMs, durationMs }) => sentAtMs + durationMs));
  const share = (value: number): string => ((100 * value) / Math.max(end - begin, 1e-9)).toFixed(2);
  const entries = exchanges.map((exchange, index) => {
    const { call, method, path, key, body, answer, outcome, sentAtMs, durationMs } = exchange;
    const sign = key === undefined ? undefined : signs.get(key);
    const shownKey =
      sign &&
      markup`<span class="key"><span class="swatch" style="--swatch: var(--series-${sign.colour})">${sign.letter}</span> <span class="muted">key</span> <code>${key}</code></span>`;
    const bar = markup`<span class="bar ${toneOf(exchange)}" style="left: ${share(sentAtMs - begin)}%; width: ${share(durationMs)}%"></span>`;
    const texts = [text('Request', body), text('Answer', answer)].filter((content) => content !== undefined);
    const overview = markup`<span class="request"><span class="place">${index + 1}</span> <code><b>${method}</b> ${path}</code> <span class="muted">${call}</span></span>
<span class="sign ${toneOf(exchange)}">${outcome}</span>
${shownKey}
<span class="when muted">at ${ms(sentAtMs)} ms, took ${ms(durationMs)} ms</span>
<span class="track" aria-hidden="true">${bar}</span>`;
    return texts.length === 0
      ? markup`<li><div class="exchange">${overview}</div></li>\n`
      : markup`<li><details><summary class="exchange">${overview}</summary><div class="texts">${texts}</div></details></li>\n`;
  });
  const left = all.length - exchanges.length;
  return markup`<ol class="exchanges">
${entries}</ol>${left > 0 ? markup`<p class="muted">… and ${counted(left, 'more request')}: see findings.json</p>` : undefined}`;
}
