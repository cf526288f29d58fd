import type { BenchShop } from '../bench-shop.ts';
import type { Figures, DriverTask } from '../measurement.ts';
import { runAutocannon } from './run-autocannon.ts';
import { runK6 } from './run-k6.ts';
import { runOwnDriver } from './run-own-driver.ts';

/**
 * Runs a driver once.
 *
 * @throws Error when it did not do all that it was to do.
 */
export function runDriver(shop: BenchShop, task: DriverTask, signal: AbortSignal): Promise<Figures> {
  switch (task.driver) {
    case 'k6':
      return runK6(shop, task, signal);
    case 'autocannon':
      return runAutocannon(shop, task, signal);
    case 'undici':
    case 'playwright':
      return runOwnDriver(task.driver, shop, task, signal);
  }
}
