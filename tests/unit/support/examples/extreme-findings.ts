import type { EvidenceExchange } from '../../../../helpers/findings/deviations/deviation.ts';
import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { exampleFindings } from './example-findings.ts';
import {
  chargedTwice,
  oversold,
  payExchange,
  replayFails,
  scenario,
  staleView,
  wrongCause,
  wrongStatus,
} from './single-findings.ts';

/** Returns the findings of a run with this many of them: critical, major and minor ones, all with long sentences. */
export const manyFindings = (count: number): Findings => {
  const samples = [chargedTwice, oversold, replayFails, wrongCause, wrongStatus];
  const all = Array.from({ length: count }, (_, index) => {
    const sample = samples[Math.floor((index * samples.length) / count)] ?? chargedTwice;
    return { ...sample, id: `${sample.id}-${index}`, sentence: `${sample.sentence} `.repeat(6).trim() };
  });
  const reasons = Array.from({ length: 40 }, (_, index) => `reason number ${index} ${'that is long '.repeat(30)}`);
  return exampleFindings({
    because: 'Very much was found. '.repeat(40),
    findings: all,
    notJudged: reasons.map((because, index) => ({ ...scenario('stock/some.spec.ts', `number ${index}`), because })),
    fixed: Array.from({ length: 60 }, (_, index) => `fixed-finding-number-${index}`),
    expired: Array.from({ length: 60 }, (_, index) => ({ id: `expired-finding-number-${index}`, until: '2026-01-01' })),
  });
};

/** Returns findings in which every text that may come from the target is the given one. */
export const hostileFindings = (text: string): Findings => {
  const exchange: EvidenceExchange = {
    ...payExchange(0, text),
    ...{ call: text, method: text, path: text, body: text, answer: text, outcome: text },
  };
  const rows = {
    before: { [text]: [{ orderId: 1, status: text, [text]: 1 }], accounts: text },
    after: { [text]: [{ orderId: 1, status: 'PAID', [text]: 2 }], accounts: text },
  };
  const place = scenario(`payments/${text}.spec.ts`, text);
  return exampleFindings({
    because: text,
    target: text,
    findings: [
      {
        ...chargedTwice,
        ...{ id: text, call: text, code: text, sentence: text, why: text, details: [text], promises: [text] },
        ...{ scenarios: [place], masks: [text], accepted: undefined },
        deviations: [{ kind: 'charged-twice', call: text, circumstance: 'concurrent', code: text }],
        evidence: { scenario: place, exchanges: [exchange], rows, gate: [text], numbers: {}, error: text },
      },
      { ...staleView, sentence: text, accepted: { why: text, until: text } },
    ],
    notJudged: [{ ...place, promise: text, because: text }],
    notApplicable: [{ ...place, promise: text, because: text }],
    passed: [{ ...place, promise: text }],
    fixed: [text],
    expired: [{ id: text, until: text }],
  });
};
