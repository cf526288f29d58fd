import { sum } from '../../text/sum.ts';
import { describeDuration } from '../../settings/load/duration.ts';
import { counterNames } from '../../settings/load/metrics.ts';
import { mergeBroken, type BrokenPromise } from './broken-promises.ts';
import { lasting } from './lasting.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { noCounters, type Cause, type Counters, type Depletion, type LoadPart, type PartMoment } from './load-part.ts';
import { crashSummaries, crashWindows, type CrashSummary, type CrashWindow } from '../crashes/crash-summary.ts';
import type { LoadBudget, LoadLedger } from './load-summary.ts';
import { mergeMoments } from './merge-moments.ts';

/** All parts of a run as one. */
export interface MergedRun {
  readonly parts: readonly LoadPart[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly counters: Counters;
  /** When the last answer came; absent where none ever did. */
  readonly lastAnsweredMs?: number;
  readonly durations: LatencyHistogram;
  /** Every cause once, with the evidence of its first refusal; the weightiest first. */
  readonly causes: readonly Cause[];
  readonly broken: readonly BrokenPromise[];
  /** What the tables show to be broken, and whose or what it is. */
  readonly deviations: LoadPart['deviations'];
  /** Iterations that ended with an exception, and one of them from each part. */
  readonly exceptions: { readonly count: number; readonly samples: readonly string[] };
  readonly momentMs: number;
  readonly moments: readonly PartMoment[];
  readonly budget?: LoadBudget;
  readonly ledger: LoadLedger;
  readonly depletion?: { readonly before: Depletion; readonly after: Depletion };
  /** What the run has killed; absent where it was to kill nothing. */
  readonly crashes?: readonly CrashSummary[];
  /** What of the run a crash explains. */
  readonly crashWindows: readonly CrashWindow[];
  /** Digits behind the decimal point of the target's amounts, where they have any. */
  readonly decimals?: number | undefined;
  /** Largest amount of a payment, in the smallest unit. */
  readonly largestAmount: number;
}

/** Merges the parts of a run. @param parts at least one. */
export function mergeParts(parts: readonly LoadPart[]): MergedRun {
  const startedMs = Math.min(...parts.map((part) => part.startedMs));
  const counters = noCounters();
  for (const part of parts) for (const name of counterNames) counters[name] += part.counters[name];
  const durations = new LatencyHistogram(3);
  for (const part of parts) durations.add(LatencyHistogram.decode(part.durations));
  const momentMs = Math.max(...parts.map((part) => part.momentMs));
  const moments = mergeMoments(parts, startedMs, momentMs);
  const depletions = parts.flatMap(({ depletion }) => depletion ?? []);
  const budget = parts.find((part) => part.budget)?.budget;
  const crashes = parts.some((part) => part.crashes)
    ? crashSummaries(
        parts.flatMap((part) => part.crashes?.outages ?? []),
        startedMs,
      )
    : undefined;
  const answeredMs = parts.flatMap(({ lastAnsweredMs }) => lastAnsweredMs ?? []);
  return {
    parts,
    startedMs,
    endedMs: Math.max(...parts.map((part) => part.endedMs)),
    counters,
    ...(answeredMs.length > 0 && { lastAnsweredMs: Math.max(...answeredMs) }),
    durations,
    causes: mergeCauses(parts.flatMap(({ causes }) => causes)),
    broken: mergeBroken(parts.flatMap(({ broken }) => broken)),
    deviations: parts.flatMap(({ deviations }) => deviations),
    exceptions: {
      count: sum(parts.map(({ exceptions }) => exceptions.count)),
      samples: parts.flatMap(({ exceptions }) => (exceptions.count > 0 ? [exceptions.sample] : [])),
    },
    ...(crashes && { crashes }),
    crashWindows: crashWindows(crashes ?? []),
    momentMs,
    moments,
    ...(budget && { budget: mergeBudgets(parts, budget, moments) }),
    ledger: mergeLedgers(parts.map(({ ledger }) => ledger)),
    ...(depletions.length > 0 && {
      depletion: {
        before: mergeDepletions(depletions.map(({ before }) => before)),
        after: mergeDepletions(depletions.map(({ after }) => after)),
      },
    }),
    decimals: parts[0]?.decimals,
    largestAmount: Math.max(...parts.map((part) => part.largestAmount)),
  };
}

function mergeCauses(causes: readonly Cause[]): Cause[] {
  const merged = new Map<string, Cause>();
  for (const cause of causes) {
    const key = [cause.stage, cause.reason, cause.status, cause.code].join(' ');
    const known = merged.get(key);
    if (!known) {
      merged.set(key, { ...cause });
    } else {
      const first = cause.firstMs < known.firstMs ? cause : known;
      merged.set(key, {
        ...first,
        count: known.count + cause.count,
        lastMs: Math.max(known.lastMs, cause.lastMs),
      });
    }
  }
  return [...merged.values()].sort((one, other) => other.count - one.count);
}

/** Describes how long what is left would have lasted, had the run gone on as it did. */
function projection(moments: readonly PartMoment[]): string[] {
  const sampled = moments.filter(({ balanceTotal }) => balanceTotal !== undefined);
  const [first, last] = [sampled[0], sampled.at(-1)];
  if (!first || !last) return [];
  const { balance, stock } = lasting(first, last, (last.startMs - first.startMs) / 1000);
  const parts = [
    ...(balance === undefined ? [] : [`the balance ${describeDuration(balance * 1000)}`]),
    ...(stock === undefined ? [] : [`the stock ${describeDuration(stock * 1000)}`]),
  ];
  return parts.length > 0 ? [`at the rate of this run, what is left lasts: ${parts.join(', ')}`] : [];
}

function mergeBudgets(parts: readonly LoadPart[], first: LoadBudget, moments: readonly PartMoment[]): LoadBudget {
  const budgets = parts.flatMap(({ budget }) => budget ?? []);
  const lowest = (name: 'lowestBalance' | 'lowestStock'): number | undefined => {
    const values = budgets.flatMap((budget) => budget[name] ?? []);
    return values.length > 0 ? Math.min(...values) : undefined;
  };
  const [lowestBalance, lowestStock] = [lowest('lowestBalance'), lowest('lowestStock')];
  return {
    ...first,
    lines: [...first.lines, ...projection(moments)],
    suffices: budgets.every(({ suffices }) => suffices),
    ...(lowestBalance !== undefined && { lowestBalance }),
    ...(lowestStock !== undefined && { lowestStock }),
  };
}

function mergeLedgers(ledgers: readonly LoadLedger[]): LoadLedger {
  const notAudited = ledgers.find((ledger) => ledger.notAudited !== undefined)?.notAudited;
  return {
    audited: ledgers.every(({ audited }) => audited),
    ...(notAudited !== undefined && { notAudited }),
    accounts: sum(ledgers.map(({ accounts }) => accounts)),
    products: sum(ledgers.map(({ products }) => products)),
    paymentsInTables: sum(ledgers.map(({ paymentsInTables }) => paymentsInTables)),
    paymentsAnswered: sum(ledgers.map(({ paymentsAnswered }) => paymentsAnswered)),
    unknownResolved: sum(ledgers.map(({ unknownResolved }) => unknownResolved)),
    unknownLeft: sum(ledgers.map(({ unknownLeft }) => unknownLeft)),
    problems: ledgers.flatMap(({ problems }) => problems),
  };
}

function mergeDepletions(depletions: readonly Depletion[]): Depletion {
  return {
    accountsShort: sum(depletions.map(({ accountsShort }) => accountsShort)),
    balanceLowest: Math.min(...depletions.map(({ balanceLowest }) => balanceLowest)),
    productsSoldOut: sum(depletions.map(({ productsSoldOut }) => productsSoldOut)),
    stockLowest: Math.min(...depletions.map(({ stockLowest }) => stockLowest)),
  };
}
