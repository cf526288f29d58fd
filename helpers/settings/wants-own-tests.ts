/**
 * Returns whether the suite's own unit tests were asked for; they are no part of a run against an API otherwise.
 * Remembered in the environment, since workers load the configuration again under another command line.
 */
export function wantsOwnTests(): boolean {
  if (process.argv.slice(2).some((argument) => /(^|[=/])unit([/.]|$)/.test(argument)))
    process.env.ORDER_PAY_OWN_TESTS = '1';
  return process.env.ORDER_PAY_OWN_TESTS === '1';
}
