import type { EndedPart } from './run-part.ts';

/** A test file, and how long its tests took together. */
export interface TimedFile {
  readonly file: string;
  readonly seconds: number;
}

/** How many test files are listed. */
const maxFiles = 10;

/** Says where the time of a run went: its parts in the order in which they ended, then the slowest test files. */
export function timeTable(parts: readonly EndedPart[], files: readonly TimedFile[], seconds: number): string {
  const lines = [...parts, { title: 'all together', seconds, cpuSeconds: totalCpuSeconds(parts) }].map((part) => ({
    title: part.title,
    wall: `${part.seconds.toFixed(0)} s`,
    cpu: part.cpuSeconds === undefined ? '' : `${part.cpuSeconds.toFixed(0)} s CPU`,
  }));
  const width = Math.max(...lines.map(({ title }) => title.length));
  const slowest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, maxFiles);
  return [
    'where the time went:',
    ...lines.map(({ title, wall, cpu }) =>
      `  ${title.padEnd(width)}  ${wall.padStart(6)}  ${cpu.padStart(10)}`.trimEnd(),
    ),
    ...(slowest.length > 0 ? ['slowest test files:'] : []),
    ...slowest.map((file) => `  ${`${file.seconds.toFixed(1)} s`.padStart(8)}  ${file.file}`),
  ].join('\n');
}

const totalCpuSeconds = (parts: readonly EndedPart[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { cpuSeconds }) => (sum === undefined || cpuSeconds === undefined ? undefined : sum + cpuSeconds),
    0,
  );
