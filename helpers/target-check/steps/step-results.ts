import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from '../../api/answers/exchange.ts';
import type { ApiFailure } from '../judge/api-failure.ts';
import type { Misfit } from '../judge/misfit.ts';

/** What a step has come to so far. */
export class StepResults {
  readonly exchanges: Exchange[] = [];
  readonly misfits: Misfit[] = [];
  readonly failures: ApiFailure[] = [];
  readonly notes: string[] = [];

  /** Adds a misfit, unless it is there already. */
  addMisfit(misfit: Misfit): void {
    const isKnown = this.misfits.some(
      ({ problem, property }) => problem === misfit.problem && isDeepStrictEqual(property, misfit.property),
    );
    if (!isKnown) this.misfits.push(misfit);
  }

  /** Drops the exchanges between the first and the last, which suffice to show a wait. */
  keepFirstAndLastExchange(): void {
    this.exchanges.splice(1, this.exchanges.length - 2);
  }
}
