import type { Id } from '../../profile/ids.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LoadDatabase } from '../audit/load-database.ts';
import type { Books } from '../audit/load-rows.ts';
import type { HoldingsView, Opening } from '../audit/holdings-view.ts';
import type { Depletion } from '../measure/load-part.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { LoadStock } from './load-stock.ts';
import type { LoadBudget } from '../measure/load-summary.ts';
import type { RangeLease } from './range-lease.ts';

/** Options of the preparation of one part of a run. */
export interface PreparationOptions {
  readonly plan: LoadPlan;
  readonly part: number;
  readonly settings: Settings;
  readonly profile: TargetProfile;
  readonly api: ShopApi;
  /** Connects for seeding; not called where nothing is seeded. */
  readonly seeder: () => Promise<ShopDatabase>;
}

/** Resources that one part of a run works with, and must give back. */
export interface Ready {
  readonly stock: LoadStock;
  readonly budget: LoadBudget;
  /** Of one payment, in won. */
  readonly largestAmount: number;
  /** Its view of balances and stock. */
  readonly view: HoldingsView;
  /** The tables; absent where the run sees them only through the API. */
  readonly database?: LoadDatabase;
  /** Holdings as the API showed them beforehand, where there are no tables to be seen. */
  readonly opening?: Opening;
  /** Holds users and products that are not the run's own against other runs. */
  readonly lease?: RangeLease;
  /** The connection that inserted the stock and can remove it again. */
  readonly seeder?: ShopDatabase;
}

/** Resources of one part of a run with all that was seen before its start. */
export interface Prepared extends Ready {
  /** Holdings that were seen beforehand. */
  readonly opening: Opening;
  /** Content of the tables beforehand, where they can be seen. */
  readonly tables?: {
    readonly database: LoadDatabase;
    readonly books: Books;
    readonly newestOrder: Id | undefined;
  };
  readonly depletion: Depletion;
}
