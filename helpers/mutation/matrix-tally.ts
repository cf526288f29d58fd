import { accusation, faultWord, type FaultResult, type MatrixResult, type VariantResult } from './matrix-result.ts';

const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);

/** What the matrix has come to so far; prints a line for each that it is told. */
export class MatrixTally {
  readonly #total: { readonly faults: number; readonly variants: number };
  readonly #faults: FaultResult[] = [];
  readonly #variants: VariantResult[] = [];
  readonly #notTried: string[] = [];
  #done = 0;

  constructor(total: { readonly faults: number; readonly variants: number }) {
    this.#total = total;
  }

  fault(result: FaultResult): void {
    this.#faults.push(result);
    this.#print(`${faultWord(result)}  ${result.name}  ${result.killedBy[0] ?? ''}`);
  }

  variant(result: VariantResult): void {
    this.#variants.push(result);
    this.#print(result.green ? `green     ${result.name}` : `ACCUSED   ${accusation(result)}`);
  }

  /** Notes that a fault or a variant has no result, and why. */
  notTried(name: string, [why = 'No scenario is for it.']: readonly string[]): void {
    this.#notTried.push(`${name}: ${why}`);
    this.#print(`NOT TRIED ${name}: ${why}`);
  }

  result(): MatrixResult {
    return {
      faults: this.#faults.toSorted(byName),
      variants: this.#variants.toSorted(byName),
      score: { killed: this.#faults.filter(({ killed }) => killed).length, total: this.#total.faults },
      notTried: this.#notTried,
    };
  }

  #print(line: string): void {
    const total = String(this.#total.faults + this.#total.variants);
    this.#done += 1;
    console.log(`[${String(this.#done).padStart(total.length)}/${total}] ${line}`);
  }
}
