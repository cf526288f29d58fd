import type { LastingChange } from '../measure/load-summary.ts';

const times = (ratio: number): string => `${ratio.toLocaleString('en-US', { maximumFractionDigits: 1 })} times`;

const ms = (value: number): string =>
  `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`;

const rate = (value: number): string =>
  `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })}/s`;

const percent = (share: number): string => `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;

const latencyNames = { p50: 'half of the answers', p95: 'one answer in twenty' } as const;

/** Describes a lasting change in a sentence: since when, by how much, and that the load was the same. */
export function describeChange({ measure, second, before, after, vus }: Omit<LastingChange, 'sentence'>): string {
  const since = `From second ${second} on`;
  const load =
    vus === undefined
      ? 'at the same rate of arrivals'
      : `with ${vus.toLocaleString('en-US')} virtual ${vus === 1 ? 'user' : 'users'} before and after`;
  switch (measure) {
    case 'p50':
    case 'p95': {
      const name = measure === 'p50' ? 'p(50)' : 'p(95)';
      return `${since}, ${latencyNames[measure]} took ${times(after / before)} as long: ${name} ${ms(after)} after ${ms(before)}, ${load}.`;
    }
    case 'requests':
      return after === 0
        ? `${since}, no request was answered any more, after ${rate(before)}, ${load}.`
        : `${since}, ${times(before / after)} fewer requests were answered: ${rate(after)} after ${rate(before)}, ${load}.`;
    case 'failed':
      return `${since}, ${percent(after)} of the requests were refused or failed, after ${percent(before)}, ${load}.`;
  }
}
