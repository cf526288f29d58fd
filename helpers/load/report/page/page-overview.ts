import { isFailure } from '../../measure/cause-of.ts';
import type { LoadSummary } from '../../measure/load-summary.ts';
import { shownBody } from '../../../api/answers/exchange.ts';
import { duration, fixed, notMeasured, percent, perSecond, plain } from '../figures.ts';
import { markup, type Markup } from '../../../text/page/markup.ts';
import { pageTop, type KeyFigure } from '../../../text/page/page-top.ts';
import { metricGroups } from '../metric-groups.ts';
import { rateLimitLines } from '../rate-limit-lines.ts';

const tones = { PASS: 'pass', FAIL: 'fail', INCONCLUSIVE: 'caution', BLOCKED: 'caution' } as const;

/** Returns the latency of the trend that stands for all requests: k6's, or else the one with the most samples. */
const latency = (summary: LoadSummary): KeyFigure => {
  const { trends } = metricGroups(summary);
  const busiest = trends.toSorted((one, other) => other.n - one.n)[0];
  const trend = trends.find(({ name }) => name === 'http_req_duration') ?? busiest;
  const name = 'p(95) latency';
  if (trend?.p95 === undefined) return { name, value: '–', note: notMeasured };
  return { name, value: `${fixed(trend.p95, trend.p95 < 100 ? 1 : 0)} ms`, note: trend.name };
};

const keyFigures = (summary: LoadSummary): readonly KeyFigure[] => {
  const { iterations, requests, durationSeconds, vusMax, workers } = summary;
  const rate = (count: number): string => (durationSeconds > 0 ? perSecond(count / durationSeconds) : notMeasured);
  const total = (all: LoadSummary['refusals']): number => all.reduce((sum, { count }) => sum + count, 0);
  const failed = total(summary.refusals.filter(({ reason }) => isFailure(reason)));
  const refused = total(summary.refusals) - failed;
  const ofRequests = (count: number): string =>
    requests > 0 ? `${percent(Math.min(1, count / requests))} of requests` : notMeasured;
  return [
    { name: 'Iterations', value: plain(iterations), note: rate(iterations) },
    { name: 'Requests', value: plain(requests), note: rate(requests) },
    latency(summary),
    { name: 'Refused', value: plain(refused), note: ofRequests(refused) },
    // A server error or a lost answer is no refusal.
    ...(failed > 0 ? [{ name: 'Failed', value: plain(failed), note: `${ofRequests(failed)}: 5xx or no answer` }] : []),
    { name: 'VUs', value: plain(vusMax), note: `${plain(workers)} ${workers === 1 ? 'worker' : 'workers'}` },
    { name: 'Duration', value: duration(durationSeconds), note: summary.stoppedEarly ? 'stopped early' : 'as planned' },
  ];
};

/** Formats when the run began; as it is where it is no time. */
const start = (startedAt: string): string => {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? startedAt : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
};

/** Renders the top of the page: what ran, its verdict and the reason, and the figures that everyone asks for first. */
export function pageOverview(summary: LoadSummary): Markup {
  const stopped =
    summary.stoppedEarly === undefined || summary.reason.includes(summary.stoppedEarly)
      ? undefined
      : markup`<p class="muted">Stopped early: ${summary.stoppedEarly}</p>`;
  const waited = rateLimitLines(summary).map((line) => markup`<p class="muted">${line}</p>`);
  return pageTop({
    heading: `Load run: ${summary.profile}`,
    about: `${summary.target} · ${summary.transport} · ${start(summary.startedAt)}`,
    verdict: summary.verdict,
    tone: tones[summary.verdict],
    because: markup`<p>${summary.reason}</p>${stopped}${waited}`,
    figures: keyFigures(summary),
  });
}

const severityTones = { critical: 'fail', major: 'caution', minor: 'muted' } as const;

/** Renders the broken promises, the most severe first: a card for each, however often it was seen. */
export function pageFindings({ findings }: LoadSummary): Markup {
  if (findings.length === 0) return markup``;
  const cards = findings.map(
    ({
      id,
      severity,
      family,
      sentence,
      why,
      details,
      sample,
    }) => markup`<section class="diagnosis ${severityTones[severity]}">
<p class="cause">${severity}: ${family}</p>
<h2>${sentence}</h2>
<p>${why}</p>
${details.length > 0 ? markup`<ul>${details.map((detail) => markup`<li>${detail}</li>`)}</ul>` : undefined}
${sample === undefined || sample === '' ? undefined : markup`<details><summary>the first time</summary><pre>${shownBody(sample)}</pre></details>`}
<p class="muted">${id}</p>
</section>\n`,
  );
  return markup`<div class="diagnoses">
${cards}</div>`;
}

/** Renders what became worse in the midst of the run and stayed so. */
export function pageWarnings({ changes = [] }: LoadSummary): Markup {
  if (changes.length === 0) return markup``;
  const cards = changes.map(
    ({ sentence }) => markup`<section class="diagnosis caution">
<p class="cause">Warning: lasting change</p>
<h2>${sentence}</h2>
</section>\n`,
  );
  return markup`<div class="diagnoses">
${cards}</div>`;
}

/** Renders what went wrong, what shows it, and what to do about it: a card for each cause. */
export function pageDiagnosis({ verdict, diagnosis }: LoadSummary): Markup {
  if (diagnosis.length === 0) return markup``;
  const tone = verdict === 'FAIL' ? 'fail' : 'caution';
  const cards = diagnosis.map(
    ({ cause, sentence, evidence, remedy }) => markup`<section class="diagnosis ${tone}">
<p class="cause">Diagnosis: ${cause}</p>
<h2>${sentence}</h2>
<ul>${evidence.map((line) => markup`<li>${line}</li>`)}</ul>
<p class="remedy"><strong>What to do:</strong> ${remedy}</p>
</section>\n`,
  );
  return markup`<div class="diagnoses">
${cards}</div>`;
}
