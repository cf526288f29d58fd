import type { Family, Kind } from '../findings/kinds/kinds.ts';

/** What became of one fault: killed when at least one scenario failed. */
export interface FaultResult {
  readonly name: string;
  readonly family: string;
  readonly race: boolean;
  readonly killed: boolean;
  /** `file › title` of every scenario that failed. */
  readonly killedBy: readonly string[];
  /** Whether a scenario whose requests race behind a gate is among them: those catch a race for certain. */
  readonly throughGate: boolean;
  /** Whether a scenario tagged with the fault's own family is among them. */
  readonly byOwnFamily: boolean;
  readonly seconds: number;
  /** How many findings the failed scenarios come to. */
  readonly findings: number;
  /** Kind and family of the first of them. */
  readonly firstKind?: Kind | undefined;
  readonly firstFamily?: Family | undefined;
  /** Whether the first one is of the fault's own family. */
  readonly firstIsOwn: boolean;
  /** Ids of all of them. */
  readonly findingIds: readonly string[];
}

/** What became of one variant: green when no scenario failed. */
export interface VariantResult {
  readonly name: string;
  readonly green: boolean;
  /** `file › title` of every scenario that failed. */
  readonly failed: readonly string[];
  /** What the first of them said. */
  readonly error?: string | undefined;
  readonly seconds: number;
}

/** The content of `test-results/faults.json`. */
export interface MatrixResult {
  readonly faults: readonly FaultResult[];
  readonly variants: readonly VariantResult[];
  readonly score: { readonly killed: number; readonly total: number };
  /** Why some faults or variants have no result, a sentence each. */
  readonly notTried: readonly string[];
}

/** Returns whether every fault was killed by its own family, races not only by luck, and every variant was green. */
export function isFullScore({ faults, variants, notTried }: MatrixResult): boolean {
  return notTried.length === 0 && faults.every(isKilledForCertain) && variants.every(({ green }) => green);
}

/** Returns whether a scenario of the fault's own family caught it, a race behind a gate. */
export const isKilledForCertain = ({ killed, race, throughGate, byOwnFamily }: FaultResult): boolean =>
  killed && byOwnFamily && (throughGate || !race);

/** Returns what became of a fault, in eight letters. */
export const faultWord = (fault: FaultResult): string => {
  if (!fault.killed) return 'SURVIVED';
  if (isKilledForCertain(fault)) return 'killed  ';
  return fault.byOwnFamily ? 'BY LUCK ' : 'STRAY   ';
};

/** Returns who accuses a variant, and of what. */
export const accusation = ({ name, failed, error = '' }: Pick<VariantResult, 'name' | 'failed' | 'error'>): string =>
  [`${name}  ${failed.join('; ')}`, ...error.split('\n')].join('\n    ').trimEnd();

/** Says into how many findings the faults come apart, and whether the first one tells what it is. */
function findingsLine(faults: readonly FaultResult[]): string {
  const share = (count: number): string => `${((100 * count) / faults.length).toFixed(1)} %`;
  const atMost = (count: number): number => faults.filter(({ findings }) => findings <= count).length;
  const own = faults.filter(({ firstIsOwn }) => firstIsOwn).length;
  return (
    `one finding for ${share(atMost(1))} of the faults, at most two for ${share(atMost(2))}, ` +
    `the first of the fault's own family for ${share(own)}`
  );
}

/** Returns the table at the end of a run: all faults, all variants, the score. */
export function matrixTable({ faults, variants, score, notTried }: MatrixResult): string {
  const width = Math.max(...[...faults, ...variants].map(({ name }) => name.length));
  const rows = [
    ...faults.map((fault) => {
      const { name, family, race, killedBy, seconds } = fault;
      return (
        `${faultWord(fault)}  ${name.padEnd(width)}  ${family.padEnd(11)}  ${race ? 'race' : '    '}  ` +
        `${seconds.toFixed(1).padStart(5)} s  ${killedBy[0] ?? ''}${killedBy.length > 1 ? ` (+${killedBy.length - 1})` : ''}`
      );
    }),
    ...variants.map(
      ({ name, green, failed, seconds }) =>
        `${green ? 'green   ' : 'ACCUSED '}  ${name.padEnd(width)}  variant            ` +
        `${seconds.toFixed(1).padStart(5)} s  ${failed.join('; ')}`,
    ),
  ];
  const without = notTried.map((why) => `NOT TRIED ${why}`);
  const calm = variants.filter(({ green }) => green).length;
  return [
    ...rows,
    ...without,
    '',
    ...(faults.length > 0 ? [findingsLine(faults)] : []),
    `${score.killed} of ${score.total} faults killed, ${calm} of ${variants.length} variants green`,
  ].join('\n');
}
