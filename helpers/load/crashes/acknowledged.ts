import type { Id } from '../../profile/ids.ts';

/** An order, and the user who made it. */
export interface AcknowledgedOrder {
  readonly orderId: Id;
  readonly userId: Id;
}

/** What the API has answered to be done, one by one: only these can be missed one by one after a crash. */
export class Acknowledged {
  readonly orders: AcknowledgedOrder[] = [];
  readonly payments: AcknowledgedOrder[] = [];
}
