import type { OrderAnswer } from '../../api/answers/answers.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Acknowledged } from '../crashes/acknowledged.ts';
import type { Outages } from '../crashes/outages.ts';
import type { Concerned, Measurements } from '../measure/measurements.ts';
import type { Flow } from '../plan/flow.ts';
import type { Goods } from '../prepare/goods.ts';

/** Parts that an iteration works with. */
export interface IterationParts {
  readonly api: ShopApi;
  readonly profile: TargetProfile;
  readonly flow: Flow;
  readonly gapMs: number;
  readonly goods: Goods;
  readonly measurements: Measurements;
  /** Where failures are forced: what they are, and what the API has acknowledged. */
  readonly crashes?: { readonly outages: Outages; readonly acknowledged: Acknowledged } | undefined;
}

/** An order that was made, and whom it is for. */
export interface PlacedOrder {
  readonly order: OrderAnswer;
  readonly concerned: Concerned;
}

/** Cause that kept an iteration from succeeding: a classified cause, `no-answer`, or `broken-promise`; nothing if it did. */
export type IterationOutcome = string | undefined;
