import { Blocked } from '../../text/blocked.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { EarlyStop } from './early-stop.ts';
import { Goods } from '../prepare/goods.ts';
import { runIteration } from './iteration.ts';
import type { IterationParts } from './iteration-parts.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { LoadStock } from '../prepare/load-stock.ts';
import type { Measurements } from '../measure/measurements.ts';
import { paceOfPart } from '../plan/pace.ts';
import { VirtualUsers } from './virtual-users.ts';

/** Parts that the virtual users of one part of a run work with. */
interface VirtualUsersParts {
  readonly plan: LoadPlan;
  readonly part: number;
  readonly profile: TargetProfile;
  readonly api: ShopApi;
  readonly stock: LoadStock;
  readonly measurements: Measurements;
  readonly crashes: IterationParts['crashes'];
  /** Ends the whole run. */
  readonly stopAll: (reason: string) => void;
}

/** Creates the virtual users of one part of a run; they end the run where nothing is to be gained by it any more. */
export function virtualUsersOf(options: VirtualUsersParts): VirtualUsers {
  const { plan, part, profile, api, stock, measurements, crashes, stopAll } = options;
  const { flow, gapMs, pauseMs } = plan;
  const goods = new Goods(stock.userIds, stock.products);
  const earlyStop = new EarlyStop();
  return new VirtualUsers({
    pace: paceOfPart(plan, part),
    pauseMs,
    iterate: (pause) =>
      runIteration({ api, profile, flow, gapMs, goods, measurements, crashes }, pause).catch((error: unknown) => {
        if (error instanceof Blocked) {
          stopAll(error.message);
          throw error;
        }
        measurements.threw(error);
        stopAll(`an iteration ended with an exception: ${error instanceof Error ? error.message : String(error)}`);
        throw error;
      }),
    onIteration: (outcome) => {
      const reason = earlyStop.note(outcome);
      if (reason !== undefined) stopAll(reason);
    },
    onDropped: (count) => {
      // Whoever waits for a target that was killed has no time for others.
      measurements.add(crashes?.outages.isOpen ? 'forced_drops' : 'dropped_iterations', count);
    },
  });
}
