import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../../../text/project-folder.ts';
import type { LoadSettings } from '../../../settings/load/load-run-settings.ts';
import { loadPartSchema, type LoadPart } from '../../measure/load-part.ts';

const liveSchema = z.object({
  part: z.number(),
  elapsedSeconds: z.number(),
  vus: z.number(),
  iterations: z.number(),
  iterationsPerSecond: z.number(),
  p95: z.number().optional(),
  /** Counts of the whole run by `stage reason`. */
  refusals: z.record(z.string(), z.number()),
  balanceLowest: z.number().optional(),
  /** Digits behind the decimal point of that, where it has any. */
  decimals: z.number().optional(),
  /** Time that balance and stock will last at the present rate. */
  lastsSeconds: z.number().optional(),
});

/** State of one part of a run while it is under way. */
export type Live = z.infer<typeof liveSchema>;

const usualFolder = 'load-report';
// The small run that every run of the suite has beside it must not take the place of a load run's report.
const smokeFolder = path.join('test-results', usualFolder);

/**
 * The folder in which a load run's parts meet: each worker writes its own, and whoever looks at the end reads all.
 * Copying the parts of several machines into one folder merges their shards.
 */
export class ReportFolder {
  /** Absolute. */
  readonly path: string;

  constructor({ load: { reportFolder, profile } }: { readonly load: Pick<LoadSettings, 'reportFolder' | 'profile'> }) {
    this.path = path.resolve(projectFolder, reportFolder ?? (profile === undefined ? smokeFolder : usualFolder));
  }

  get #partsPath(): string {
    return path.join(this.path, 'parts');
  }

  get #stopFile(): string {
    return path.join(this.#partsPath, 'stop.txt');
  }

  /** Makes place for a new run. */
  clear(): void {
    rmSync(this.#partsPath, { recursive: true, force: true });
    for (const file of ['summary.json', 'summary.md', 'index.html'])
      rmSync(path.join(this.path, file), { force: true });
    mkdirSync(this.#partsPath, { recursive: true });
  }

  /** Tells all parts to come to an end. @param reason shown in the report. */
  requestStop(reason: string): void {
    if (this.stopReason() !== undefined) return;
    mkdirSync(this.#partsPath, { recursive: true });
    writeFileSync(this.#stopFile, reason);
  }

  stopReason(): string | undefined {
    return existsSync(this.#stopFile) ? readFileSync(this.#stopFile, 'utf8') : undefined;
  }

  writePart(part: LoadPart): void {
    this.#write(`part-${part.part}.json`, part);
  }

  writeLive(live: Live): void {
    this.#write(`live-${live.part}.json`, live);
  }

  /** Says that a part of the run is not under way any more. */
  endLive(part: number): void {
    rmSync(path.join(this.#partsPath, `live-${part}.json`), { force: true });
  }

  /** Reads the parts that are in the folder. @throws Error when a part is of another version of the suite. */
  parts(): LoadPart[] {
    return this.#read(/^part-\d+\.json$/, (json) => loadPartSchema.parse(json));
  }

  live(): Live[] {
    return this.#read(/^live-\d+\.json$/, (json) => liveSchema.safeParse(json).data).filter(
      (live) => live !== undefined,
    );
  }

  write(file: string, content: string): void {
    mkdirSync(this.path, { recursive: true });
    writeFileSync(path.join(this.path, file), content);
  }

  has(file: string): boolean {
    return existsSync(path.join(this.path, file));
  }

  #write(file: string, content: unknown): void {
    mkdirSync(this.#partsPath, { recursive: true });
    writeFileSync(path.join(this.#partsPath, file), JSON.stringify(content));
  }

  #read<Content>(name: RegExp, read: (json: unknown) => Content): Content[] {
    if (!existsSync(this.#partsPath)) return [];
    return readdirSync(this.#partsPath)
      .filter((file) => name.test(file))
      .map((file) => read(jsonIn(path.join(this.#partsPath, file))));
  }
}

// A live file may be read while it is being written, or be gone by then.
const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
