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

/** A process and all that descend from it, out of some processes. */
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

/** Most memory that a process ever held, in MB; 0 when it cannot be read. */
const highWaterMb = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/**
 * The memory that the descendants of a process hold: the sum over those alive of the most that each ever held.
 *
 * @returns MB; 0 where the system does not tell.
 */
export function memoryOfDescendants(pid: number): number {
  const [, ...descendants] = treeOf(pid, allProcesses());
  return descendants.reduce((sum, descendant) => sum + highWaterMb(descendant), 0);
}
