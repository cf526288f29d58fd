/** Exit codes of `npm run target:check` and `npm run target:draft`. */
export const exitCodes = { fits: 0, misfits: 1, settings: 2, failed: 3, interrupted: 130 };
