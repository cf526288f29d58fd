import type { Exchange } from '../../api/answers/exchange.ts';
import type { NamedReason } from '../../profile/refusal-forms.ts';

/** What an exchange was held to. */
export type Expectation =
  | { readonly of: 'success' }
  | {
      readonly of: 'refusal';
      readonly reasons: readonly NamedReason[];
      /** Whether it might have succeeded as well. */
      readonly orSuccess?: boolean;
    }
  | { readonly of: 'replay'; readonly original: Exchange }
  /** Among concurrent duplicates: all of them together take effect once. */
  | { readonly of: 'one-effect' }
  /** So many of them succeed. */
  | { readonly of: 'count'; readonly ok: number; readonly reason?: NamedReason | undefined };

/** A matcher that failed: what it was held to, and what it found. */
export interface FailedMatcher {
  readonly expectation: Expectation;
  /** The promise in words. @example 'order 12 paid with 50000 won' */
  readonly expected: string;
  readonly received: readonly Exchange[];
  readonly problems: readonly string[];
}
