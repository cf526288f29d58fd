import { expect, test } from '@playwright/test';
import { alike } from '../../../../helpers/load/diagnosis/alike.ts';
import { liveLine } from '../../../../helpers/load/report/live-line.ts';
import { reportPage } from '../../../../helpers/load/report/page/report-page.ts';
import { exampleSummary } from '../../support/examples/example-load-summary.ts';

const cause = { stage: 'payment' as const, share: 0.1, firstSeenSeconds: 1, sample: '' };

/** Returns the figure at the top of the page: its value and the note. */
const figureOf = (page: string, name: string): string | undefined =>
  new RegExp(`${name}</dt>(?<rest>.*?)</d(?:iv|l)>`, 's')
    .exec(page)
    ?.groups?.rest?.replace(/<[^>]+>|\s+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test.describe('refused and failed', () => {
  test('server errors and lost answers are counted as failed, and not as refused', () => {
    const refusals = [
      { ...cause, reason: 'balance', status: 409, count: 7 },
      { ...cause, reason: 'server-error', status: 500, count: 30 },
      { ...cause, reason: 'time-out', count: 3 },
    ];
    const page = reportPage(exampleSummary({ refusals, requests: 100 }));
    expect(figureOf(page, 'Refused')).toMatch(/^7 7\.00 % of requests/);
    expect(figureOf(page, 'Failed')).toMatch(/^33 33\.00 % of requests: 5xx or no answer/);
    expect(figureOf(reportPage(exampleSummary({ refusals: refusals.slice(0, 1) })), 'Failed')).toBeUndefined();
  });

  test('live line counts refusals and failures separately', () => {
    const live = { part: 0, elapsedSeconds: 5, vus: 2, iterations: 9, iterationsPerSecond: 2 };
    const line = liveLine([
      { ...live, refusals: { 'payment balance': 7, 'payment server-error': 30, 'order no-answer': 1 } },
    ]);
    expect(line).toContain('refused: 7 payment balance  failed: 30 payment server-error, 1 order no-answer');
    expect(liveLine([{ ...live, refusals: { 'payment server-error': 30 } }])).toContain('none refused  failed: 30');
  });

  test('lines that differ only in numbers are shown once, with a count', () => {
    const lines = Array.from({ length: 10 }, (_, user) => `user ${user} is below zero: -${user},000 won`);
    expect(alike([...lines, 'another'])).toEqual([
      'user 0 is below zero: -0,000 won (and 9 more like this one)',
      'another',
    ]);
  });
});
