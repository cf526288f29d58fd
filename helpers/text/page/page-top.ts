import { markup, type Content, type Markup } from './markup.ts';

/** How good something is: `pass`, `fail`, or `caution` where it is neither. */
export type Tone = 'pass' | 'fail' | 'caution';

export interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** For a figure that is good or bad news. */
  readonly tone?: Tone;
}

interface PageTop {
  readonly heading: string;
  /** What ran, in a line. */
  readonly about: string;
  readonly verdict: string;
  readonly tone: Tone;
  /** The verdict's reason, and what else is to be said of it. */
  readonly because: Content;
  readonly figures: readonly KeyFigure[];
}

/** Renders the top of a report: what ran, its verdict and the reason, and the figures that everyone asks for first. */
export function pageTop({ heading, about, verdict, tone, because, figures }: PageTop): Markup {
  const entries = figures.map(
    ({ name, value, note, tone: own }) =>
      markup`<div${own && markup` class="${own}"`}><dt>${name}</dt><dd>${value}</dd><dd>${note}</dd></div>\n`,
  );
  return markup`<header>
<h1>${heading}</h1>
<p class="muted">${about}</p>
</header>
<section class="verdict ${tone}">
<h2 class="unseen">Verdict</h2>
<strong>${verdict}</strong>
<div>${because}</div>
</section>
<dl class="figures">
${entries}</dl>`;
}
