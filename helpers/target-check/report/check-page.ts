import path from 'node:path';
import { counted } from '../../text/words/counted.ts';
import { htmlPage, pageFile } from '../../text/page/html-page.ts';
import { markup, type Content, type Markup } from '../../text/page/markup.ts';
import { pageTop, type Tone } from '../../text/page/page-top.ts';
import type { CheckReport, PlacedMisfit, ShownExchange, StepOutcome, StepReport } from './step-report.ts';
import { verdictText } from './verdict-text.ts';

const outcomes: Readonly<Record<StepOutcome, readonly [words: string, tone: Tone | undefined]>> = {
  fits: ['fits', 'pass'],
  misfit: ['misfit', 'fail'],
  failed: ['the API failed', 'fail'],
  'not-applicable': ['not applicable', undefined],
  'not-reached': ['not reached', 'caution'],
};

const exchangeOf = ({ request, requestBody, outcome, answerBody, durationMs }: ShownExchange): Markup =>
  markup`<pre>${request}${requestBody === undefined ? undefined : `\n${requestBody}`}
→ ${outcome}, ${durationMs} ms${answerBody === undefined ? undefined : `\n${answerBody}`}</pre>\n`;

const misfitOf = ({ place, where, property, problem, suggestion }: PlacedMisfit): Markup => {
  const line = place
    ? markup`<code>${place.file}:${place.line}</code> <code>${place.text}</code>${where === undefined ? undefined : ` (${where})`}`
    : property === undefined
      ? undefined
      : markup`<code>${property}</code>`;
  return markup`<div class="misfit fail"><p>${problem}</p>
<dl>${line && markup`<dt>Profile</dt><dd>${line}</dd>`}<dt>Suggestion</dt><dd><b>${suggestion}</b></dd></dl></div>\n`;
};

const notesOf = (notes: readonly string[]): Content => notes.map((note) => markup`<p class="note muted">${note}</p>\n`);

function stepOf({ number, title, outcome, why, exchanges, misfits, failures, notes }: StepReport): Markup {
  const [words, tone] = outcomes[outcome];
  const isOpen = misfits.length > 0 || failures.length > 0;
  const summary = markup`${number}. ${title} <span class="sign">${words}</span>${
    why === undefined ? undefined : markup` <span class="muted">${why}</span>`
  }`;
  return markup`<li><details${tone && markup` class="${tone}"`}${isOpen ? markup` open` : undefined}><summary>${summary}</summary>
${failures.map(({ sentence }) => markup`<div class="misfit fail"><p>${sentence}</p></div>\n`)}${misfits.map(misfitOf)}${notesOf(notes)}${exchanges.map(exchangeOf)}</details></li>\n`;
}

/** Returns the verdict in a word, and how good it is. */
function verdictOf({ misfits, failures, interrupted }: CheckReport): [verdict: string, tone: Tone] {
  if (interrupted) return ['INTERRUPTED', 'caution'];
  if (misfits > 0) return ['MISFITS', 'fail'];
  return failures > 0 ? ['API FAILED', 'fail'] : ['FITS', 'pass'];
}

/**
 * Renders a check as one HTML page that loads nothing: every step with its requests and answers, the line of the profile
 * that does not fit, and what to say instead. What an API has answered is shown as text.
 */
export function checkPage(report: CheckReport): string {
  const { target, profile, baseUrl, database, steps } = report;
  const count = (outcome: StepOutcome): number => steps.filter((step) => step.outcome === outcome).length;
  const [verdict, tone] = verdictOf(report);
  const stepsWith = (outcome: StepOutcome) => ({
    value: String(count(outcome)),
    note: `of ${counted(steps.length, 'step')}`,
  });
  return htmlPage({
    title: `Target check: ${target}`,
    styles: [pageFile(path.join(import.meta.dirname, 'check-page.css'))],
    scripts: [],
    content: markup`${pageTop({
      heading: `Target check: ${target}`,
      about: `${profile} against ${baseUrl}${database === undefined ? ', without a database' : `, database ${database}`}`,
      verdict,
      tone,
      because: markup`<p>${verdictText(report)}</p>${
        report.corrections.length > 0
          ? markup`<p><code>npm run target:check -- --write</code> applies the suggestions that name a value.</p>`
          : undefined
      }`,
      figures: [
        { name: 'Fit', ...stepsWith('fits') },
        {
          name: 'Misfits',
          value: String(report.misfits),
          note: 'lines of the profile',
          ...(report.misfits > 0 && { tone: 'fail' }),
        },
        {
          name: 'API failed',
          value: String(report.failures),
          note: 'no matter of the profile',
          ...(report.failures > 0 && { tone: 'fail' }),
        },
        { name: 'Not applicable', ...stepsWith('not-applicable') },
        { name: 'Not reached', ...stepsWith('not-reached') },
      ],
    })}
<section><h2>Steps</h2>
<ol class="steps">
${steps.map(stepOf)}</ol></section>`,
  });
}
