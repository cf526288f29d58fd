import type { CallName } from '../../api/answers/exchange.ts';
import type { Circumstance } from '../kinds/circumstances.ts';
import type { Kind, Severity } from '../kinds/kinds.ts';

/** What an API promises whoever pays and orders through it, and what a breach is taken for when no more is known. */
export interface ApiPromise {
  /** The promise, one sentence in the field's terms. */
  readonly sentence: string;
  /** How bad a breach is: as bad as its kind. */
  readonly severity: Severity;
  /** Where it is written down, with the section. */
  readonly source: string;
  /** What a breach is, when nothing more specific was seen. */
  readonly kind: Kind;
  /** Whose doing a breach usually is; absent where it may be several calls'. */
  readonly call?: CallName;
  /** The circumstance in which its scenarios try it. */
  readonly circumstance: Circumstance;
}
