import { counted } from '../../text/words/counted.ts';
import type { CrashSummary } from '../crashes/crash-summary.ts';
import type { LoadSummary } from '../measure/load-summary.ts';
import { fixed } from './figures.ts';

const seconds = (value: number): string => `${fixed(value, value < 10 ? 2 : 1)} s`;

const startOf = ({ startedAtSecond, recoverySeconds, outageSeconds }: CrashSummary): string => {
  if (startedAtSecond === undefined) return 'not started again';
  const started = `started again at ${fixed(startedAtSecond, 1)} s`;
  if (recoverySeconds === undefined || outageSeconds === undefined) return `${started}, not seen to recover`;
  return `${started}, first success ${seconds(recoverySeconds)} later; outage ${seconds(outageSeconds)}`;
};

const untimed = 'requests that met an outage are in the charts, and not in http_req_duration';

/** Describes each kill that a run has forced in a line: when, for how long, and what of the requests; then what is counted. */
export function crashLines({ crashes = [] }: Pick<LoadSummary, 'crashes'>): string[] {
  const lines = crashes.map((crash) => {
    const { killed, atSecond, underWay, failed } = crash;
    const requests =
      failed === 0
        ? 'no request failed of it'
        : `${counted(failed, 'request')} had no outcome at first, ${underWay.toLocaleString('en-US')} of them under way at the kill`;
    return `kill ${killed} at ${fixed(atSecond, 1)} s, ${startOf(crash)}; ${requests}`;
  });
  return lines.length === 0 ? [] : [...lines, untimed];
}

/** A moment that charts mark with words. */
export interface CrashMark {
  readonly second: number;
  readonly label: string;
}

/** Returns the moments at which a run has killed and started its target, in the order of their time. */
export function crashMarks({ crashes = [] }: Pick<LoadSummary, 'crashes'>): CrashMark[] {
  return crashes
    .flatMap(({ killed, atSecond, startedAtSecond }) => [
      { second: atSecond, label: `kill ${killed}` },
      ...(startedAtSecond === undefined ? [] : [{ second: startedAtSecond, label: `start ${killed}` }]),
    ])
    .toSorted((one, other) => one.second - other.second);
}
