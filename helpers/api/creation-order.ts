import { z } from 'zod';
import { compareIds, idSchema, type Id } from '../profile/ids.ts';

const told = idSchema.optional().catch(undefined);
const toldSchema = z
  .object({ orderId: told, paymentId: told })
  .transform(({ orderId, paymentId }) => [orderId, paymentId]);

/** The order in which orders and payments were created, where their ids, such as UUIDs, do not show it. */
export class CreationOrder {
  /** Ids of orders and payments → the position of the answer that first named them. */
  readonly #told = new Map<Id, number>();

  /** Notes the order and the payment that an answer names. */
  note(answer: unknown): void {
    for (const id of toldSchema.safeParse(answer).data ?? []) {
      if (typeof id === 'string' && !this.#told.has(id)) this.#told.set(id, this.#told.size);
    }
  }

  /** Returns rows in the order of their creation: by number, or else in the order of the answers that named them. */
  inOrder<Row>(rows: readonly Row[], idOf: (row: Row) => Id): Row[] {
    const place = (id: Id): number => this.#told.get(id) ?? Infinity;
    return rows.toSorted((one, other) => {
      const [id, otherId] = [idOf(one), idOf(other)];
      const [at, otherAt] = [place(id), place(otherId)];
      return typeof id === 'string' && at !== otherAt ? at - otherAt : compareIds(id, otherId);
    });
  }
}
