/**
 * Whether the suite's own tests were asked for; they stay out of a run against somebody's API otherwise.
 * Remembered in the environment, since workers load the configuration again under another command line.
 */
export function wantsOwnTests(): boolean {
  if (process.argv.slice(2).some((argument) => /(^|[=/])unit([/.]|$)/.test(argument)))
    process.env.ORDER_PAY_OWN_TESTS = '1';
  return process.env.ORDER_PAY_OWN_TESTS === '1';
}
