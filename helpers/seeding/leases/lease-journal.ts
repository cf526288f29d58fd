import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LeaseNotes } from '../../database/rows/lease-notes.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { Id } from '../../profile/ids.ts';
import { parseJson } from '../../text/json.ts';
import { leaseEvent, type LeaseEvent } from './lease-events.ts';
import { LeaseState, withoutEarlierOrders } from './lease-state.ts';

const heading = z.object({
  /** Identity of the database with the rows, which differs from that of another one at the same address. */
  database: z.string(),
  /** Its address. */
  place: z.string(),
  /** Data folder of its server. */
  dataFolder: z.string(),
  lease: z.string(),
});

export type JournalHeading = z.infer<typeof heading>;

/**
 * The rows that one process holds, and its changes to them, in a file that outlives the process: written before money
 * or stock is touched, and flushed to the disk. The file exists only while rows are held.
 */
export class LeaseJournal implements LeaseNotes {
  readonly heading: JournalHeading;
  readonly state = new LeaseState();
  readonly #file: string;
  #descriptor: number | undefined;

  constructor(folder: string, head: JournalHeading) {
    this.heading = head;
    this.#file = path.join(folder, `${head.lease}.jsonl`);
  }

  /** Notes an event, for this process and for one that recovers it after its death. */
  note(event: LeaseEvent): void {
    this.state.apply(event);
    if (this.#descriptor === undefined) {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const isNew = !existsSync(this.#file);
      this.#descriptor = openSync(this.#file, 'a', 0o600);
      if (isNew) this.#write(this.heading);
      // The process that wrote it may have died in the middle of a line.
      else appendFileSync(this.#descriptor, '\n');
    }
    this.#write(event);
    if (this.state.isEmpty) this.remove();
  }

  pricing(id: Id, price: number): void {
    this.note({ event: 'pricing', id, price });
  }

  adding(to: 'balance' | 'stock', id: Id, amount: number): (() => void) | undefined {
    const row = (to === 'balance' ? this.state.users : this.state.products).get(String(id));
    if (!row?.found) return undefined;
    const nth = this.state.nextNth();
    this.note({ event: 'adding', to, id, amount, nth });
    return () => {
      this.note({ event: 'added', nth, isDone: true });
    };
  }

  withoutEarlierOrders(ledger: LedgerSnapshot): LedgerSnapshot {
    return withoutEarlierOrders(ledger, this.state);
  }

  isLeasedProduct(productId: Id): boolean {
    return this.state.products.get(String(productId))?.found !== undefined;
  }

  keysFoundOf(userId: Id): Readonly<Record<string, readonly string[]>> | undefined {
    return this.state.users.get(String(userId))?.found?.keys;
  }

  /** Removes the file, since nothing is held any more. */
  remove(): void {
    rmSync(this.#file, { force: true });
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #write(line: JournalHeading | LeaseEvent): void {
    if (this.#descriptor === undefined) return;
    appendFileSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#descriptor);
  }

  /** Reads the journal that a process left, as far as it was written; undefined when there is none. */
  static read(file: string): LeaseJournal | undefined {
    if (!existsSync(file)) return undefined;
    const [first, ...lines] = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(parseJson);
    const head = heading.safeParse(first);
    if (!head.success) return undefined;
    const journal = new LeaseJournal(path.dirname(file), head.data);
    for (const line of lines) {
      const event = leaseEvent.safeParse(line);
      // An event that was not written completely was not begun either.
      if (event.success) journal.state.apply(event.data);
    }
    return journal;
  }

  /** Reads all journals in a folder, of any database. */
  static async readAll(folder: string): Promise<LeaseJournal[]> {
    const names = existsSync(folder) ? await readdir(folder) : [];
    return names
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => LeaseJournal.read(path.join(folder, name)) ?? []);
  }
}
