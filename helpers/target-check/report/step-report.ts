import type { ApiFailure } from '../judge/api-failure.ts';
import type { Correction, Misfit } from '../judge/misfit.ts';
import type { SourcePlace } from '../suggest/profile-source.ts';

/** A request and its answer as they are shown: shortened, on one line each, without secrets. */
export interface ShownExchange {
  readonly request: string;
  readonly requestBody?: string;
  /** Status and classification, or why no answer arrived. */
  readonly outcome: string;
  readonly answerBody?: string;
  readonly durationMs: number;
}

/** A misfit with the line of the profile that governs it. */
export interface PlacedMisfit extends Omit<Misfit, 'property' | 'correction'> {
  /** @example 'endpoints.pay.success' */
  readonly property?: string;
  readonly place?: Pick<SourcePlace, 'file' | 'line' | 'text'>;
  /** Place of the change, when it is not simply that line. */
  readonly where?: string;
}

/**
 * The outcome of a step: it fits, it does not, the API failed in it so that nothing is known of the profile, it does not
 * apply to this target, or an earlier step did not get through.
 */
export type StepOutcome = 'fits' | 'misfit' | 'failed' | 'not-applicable' | 'not-reached';

/** One step of the walk. */
export interface StepReport {
  /** From 1. */
  readonly number: number;
  readonly title: string;
  readonly outcome: StepOutcome;
  /** The reason why it is not applicable or not reached. */
  readonly why?: string;
  readonly exchanges: readonly ShownExchange[];
  readonly misfits: readonly PlacedMisfit[];
  /** Failures of the API: no matter of the profile. */
  readonly failures: readonly ApiFailure[];
  /** Further observations. */
  readonly notes: readonly string[];
}

/** The whole walk. */
export interface CheckReport {
  readonly target: string;
  /** The profile's file, relative to the project. */
  readonly profile: string;
  readonly baseUrl: string;
  /** @example '127.0.0.1:3306/ecommerce' */
  readonly database?: string;
  /** How often and for how long the API let requests wait; left out where it never did. */
  readonly rateLimit?: { readonly waits: number; readonly waitedMs: number };
  readonly steps: readonly StepReport[];
  readonly misfits: number;
  /** Number of times that the API failed. */
  readonly failures: number;
  /** All suggested values, for programs: a profile with all of them describes what the check has seen. */
  readonly corrections: readonly Correction[];
  /** True when it was interrupted before its last step. */
  readonly interrupted: boolean;
}
