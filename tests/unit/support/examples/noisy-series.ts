import type { Moment } from '../../../../helpers/load/measure/load-summary.ts';

/** How the seconds of a healthy run differ from one another. */
export interface Noise {
  readonly name?: string;
  /** Standard deviation of the logarithm of a factor. */
  readonly spread: number;
  /** Share of a second's deviation that goes over to the next one. */
  readonly lingering?: number;
  readonly spikes?: { readonly share: number; readonly factor: number };
  readonly pauses?: { readonly every: number; readonly seconds: number; readonly factor: number };
  readonly warmUp?: { readonly seconds: number; readonly factor: number };
}

/** Returns reproducible random numbers from 0 to 1 (mulberry32). */
const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Returns a factor for each second of a run, in order. */
export function noiseOf({ spread, lingering = 0, spikes, pauses, warmUp }: Noise, seed: number) {
  const random = randomOf(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let deviation = 0;
  return (second: number): number => {
    deviation = lingering * deviation + Math.sqrt(1 - lingering ** 2) * spread * normal();
    const spike = spikes && random() < spikes.share ? spikes.factor : 1;
    const pause = pauses && second % pauses.every >= pauses.every - pauses.seconds ? pauses.factor : 1;
    const cold = warmUp && second < warmUp.seconds ? 1 + (warmUp.factor - 1) * (1 - second / warmUp.seconds) : 1;
    return Math.exp(deviation) * spike * pause * cold;
  };
}

interface Shape {
  readonly seconds: number;
  readonly vus?: (second: number) => number;
  /** Milliseconds of half of the answers. */
  readonly latency?: (second: number) => number;
  /** Returns how many times as long one answer in twenty takes. */
  readonly tail?: (second: number) => number;
  /** Requests of a second; as many as the latency allows unless said. */
  readonly requests?: (second: number) => number;
  /** Share of the requests that fail. */
  readonly failed?: (second: number) => number;
  readonly noise?: (second: number) => number;
}

/** Returns the moments of a run, a second each, with ten virtual users and answers of 10 ms unless said. */
export function seriesOf({
  seconds,
  vus = () => 10,
  latency = () => 10,
  tail = () => 3,
  requests,
  failed = () => 0,
  noise = () => 1,
}: Shape): Moment[] {
  return Array.from({ length: seconds }, (_, second) => {
    const p50 = latency(second) * noise(second);
    const sent = Math.round(requests?.(second) ?? (vus(second) * 1000) / (p50 + 20));
    const bad = Math.round(sent * failed(second));
    const p95 = p50 * tail(second);
    return {
      ...{ second, vus: vus(second), iterations: Math.round(sent / 4), requests: sent, failed: bad, n: sent - bad },
      ...(sent > bad && { p50, p95, p99: p95 * 1.5 }),
      refusals: {},
    };
  });
}
