import type { LoadSummary, LoadVerdict } from '../measure/load-summary.ts';

/** The verdict with which a run passes, and what is to be said along with it. */
interface ExpectedVerdict {
  readonly verdict: LoadVerdict;
  readonly annotations: readonly { readonly type: string; readonly description: string }[];
}

/**
 * Returns the verdict that a run must come to: PASS, or INCONCLUSIVE where nothing is lacking but the parts of other
 * shards, which are still to be merged.
 *
 * @param shard which one this is, as Playwright's configuration says it; null where the run has none.
 */
export function expectedVerdict(
  summary: Pick<LoadSummary, 'partsLacking' | 'workers'> | undefined,
  shard: { readonly total: number } | null,
): ExpectedVerdict {
  if (shard === null || summary?.partsLacking === undefined) return { verdict: 'PASS', annotations: [] };
  const { partsLacking, workers } = summary;
  const description =
    `${partsLacking} of the ${partsLacking + workers} parts are with the other shards: ` +
    'merge all with `npm run load -- --merge FOLDER...`';
  return { verdict: 'INCONCLUSIVE', annotations: [{ type: 'other shards', description }] };
}
