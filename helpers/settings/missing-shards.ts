/** Name of the variable with the shards whose results are missing where the results of shards are merged. */
export const missingShardsVariable = 'ORDER_PAY_MISSING_SHARDS';

/** Returns the shards whose results are missing, such as `3`; none in a run that merges nothing. */
export const missingShards = (): string[] => (process.env[missingShardsVariable] ?? '').split(',').filter(Boolean);
