/**
 * Returns whether the project `crash` was asked for by name: whoever kills a target that others use as well should have said so.
 * Remembered in the environment, as `wantsOwnTests` is.
 */
export function wantsCrashes(): boolean {
  if (process.argv.slice(2).some((argument) => /(^|[=/])crash([/.]|$)|\.crash\.spec/.test(argument)))
    process.env.ORDER_PAY_CRASHES = '1';
  return process.env.ORDER_PAY_CRASHES === '1';
}
