import type { Pool } from 'mysql2/promise';

const ownConnections = new WeakMap<Pool, Set<number>>();

/** Notes a connection that the suite has opened itself, by the server's number. */
export function noteOwnConnection(pool: Pool, connectionId: number): void {
  const known = ownConnections.get(pool) ?? new Set();
  ownConnections.set(pool, known.add(connectionId));
}

/** Returns whether a connection is one that the suite has opened itself, in this pool. */
export const isOwnConnection = (pool: Pool, connectionId: number): boolean =>
  ownConnections.get(pool)?.has(connectionId) ?? false;
