import { readdirSync, readFileSync } from 'node:fs';

interface ProcessLine {
  readonly pid: number;
  readonly parent: number;
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended meanwhile, or the system has no /proc.
    return '';
  }
};

/** Reads a line of `/proc/PID/stat`; the name in it may hold spaces and brackets of its own. */
export function parseStat(stat: string): ProcessLine | undefined {
  const found = /^(\d+) \(.*\) \S (\d+) /s.exec(stat);
  return found ? { pid: Number(found[1]), parent: Number(found[2]) } : undefined;
}

/** Returns a process and all its descendants, out of some processes. */
export function treeOf(root: number, processes: readonly ProcessLine[]): number[] {
  const children = processes.filter(({ parent }) => parent === root);
  return [root, ...children.flatMap(({ pid }) => treeOf(pid, processes))];
}

const allProcesses = (): ProcessLine[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => parseStat(readText(`/proc/${pid}/stat`)) ?? []);
  } catch {
    return [];
  }
};

/** Returns the maximum of memory that a process ever held, in MB; 0 when it cannot be read. */
const highWaterMb = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/**
 * Sums up the memory of the living descendants of a process, each with the maximum that it ever held.
 *
 * @returns MB; 0 where the system does not tell.
 */
export function memoryOfDescendants(pid: number): number {
  const [, ...descendants] = treeOf(pid, allProcesses());
  return descendants.reduce((sum, descendant) => sum + highWaterMb(descendant), 0);
}
