import { createHash } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { DatabaseSettings } from '../settings/settings.ts';

const hashes = 400_000;
const commits = 1500;
const database = 'order_pay_yardstick';

/** What this machine takes for a fixed piece of work, in seconds: figures of different machines are compared in it. */
export interface Yardstick {
  readonly processor: number;
  readonly database: number;
}

const secondsOf = async (work: () => Promise<void> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const calculate = (): void => {
  let text = 'yardstick';
  for (let nth = 0; nth < hashes; nth += 1) text = createHash('sha256').update(text).digest('hex');
};

/**
 * Measures how long a fixed calculation takes, and a fixed number of commits to a database server, one after the other.
 *
 * @param settings of the server; a database of its own is made there, and dropped again.
 */
export async function measureYardstick({ host, port, user, password }: DatabaseSettings): Promise<Yardstick> {
  const connection = await createConnection({ host, port, user, password });
  try {
    await connection.query('CREATE DATABASE IF NOT EXISTS ??', [database]);
    await connection.query('USE ??', [database]);
    await connection.query('CREATE TABLE IF NOT EXISTS commits (id INT PRIMARY KEY AUTO_INCREMENT, nth INT NOT NULL)');
    const processor = await secondsOf(calculate);
    const committing = await secondsOf(async () => {
      for (let nth = 0; nth < commits; nth += 1) await connection.query('INSERT INTO commits (nth) VALUES (?)', [nth]);
    });
    await connection.query('DROP DATABASE ??', [database]);
    return { processor, database: committing };
  } finally {
    await connection.end();
  }
}

/** Returns how long something took, in seconds and in yardsticks, for people. */
export function describeInYardsticks(name: string, seconds: number, { processor, database }: Yardstick): string {
  const yardstick = processor + database;
  return (
    `${name}: ${Math.round(seconds)} s = ${Math.round(seconds / yardstick)} yardsticks ` +
    `(one is ${yardstick.toFixed(2)} s: processor ${processor.toFixed(2)} s, database ${database.toFixed(2)} s)`
  );
}
