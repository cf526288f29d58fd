import { expect } from '@playwright/test';
import { diagnose } from '../../../../helpers/load/diagnosis/diagnose.ts';
import type { Cause, LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import type { Diagnosis } from '../../../../helpers/load/measure/load-summary.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { counted, exampleBudget, exampleCause, examplePart } from './example-load-part.ts';

/** Of a run in which two replays failed, and one payment stayed open. */
export const exampleCounters = counted({
  http_reqs: 400,
  orders_created: 100,
  idempotency_verification_failure: 2,
  unknown_resolved: 3,
  unknown_left: 1,
});

/** Returns the diagnoses of a run of one part with some causes of refusals. */
export const diagnosed = (causes: Cause[], changes: Partial<LoadPart> = {}): Diagnosis[] =>
  diagnose(mergeParts([examplePart({ counters: exampleCounters, causes, budget: exampleBudget, ...changes })]), []);

/** Returns the only diagnosis of a cause. */
export const diagnosisOf = (cause: Partial<Cause>, changes: Partial<LoadPart> = {}): Diagnosis => {
  const [first, ...others] = diagnosed([exampleCause(cause)], changes);
  expect(others).toEqual([]);
  return first ?? { cause: '', sentence: '', evidence: [], remedy: '' };
};

/** What an account and a product held when the first request was refused. */
export const poor = { balance: 400, stock: 40 };
export const rich = { balance: 9_000_000, stock: 40 };
export const soldOut = { balance: 9_000_000, stock: 0 };

/** What all accounts and products hold. */
export const noneLow = { accountsShort: 0, balanceLowest: 1_000_000, productsSoldOut: 0, stockLowest: 100 };
export const balanceLow = { accountsShort: 7, balanceLowest: 400, productsSoldOut: 0, stockLowest: 40 };
export const bothLow = { ...balanceLow, productsSoldOut: 3, stockLowest: 0 };
