import type { CheckReport } from '../target-check/report/step-report.ts';
import type { Shown } from '../target-check/steps/walk.ts';
import type { Operation } from './document/operation.ts';
import type { Choice, Evidence, TableName } from './evidence.ts';
import { draftEndpoint } from './match/draft-endpoint.ts';
import type { Role } from './match/rank-operations.ts';

/** Another choice of candidates, and the properties that it changes. */
interface NextChoice {
  readonly choice: Choice;
  readonly changed: readonly string[];
}

/** The steps that show whether the right call was chosen, in the order of the walk. */
const stepsOf: readonly (readonly [role: Role, title: string])[] = [
  ['getBalance', 'the same balance in API and database'],
  ['getProduct', 'the same product in API and database'],
  ['createOrder', 'create an order'],
  ['getOrder', 'look the order up'],
  ['pay', 'pay the order'],
  ['cancelOrder', 'cancel another order'],
  ['chargeBalance', 'top the account up'],
];

const tableNames: readonly TableName[] = ['users', 'balances', 'products', 'orders', 'orderItems', 'payments'];

/** Returns whether an order has lines, each of which names its product by an id. */
const hasLines = (operation: Operation | undefined): boolean =>
  operation !== undefined && draftEndpoint('createOrder', operation).body.items !== undefined;

/**
 * Returns the choice with the next candidate for the first call that succeeded in no form, or for the first table that
 * is not the API's; undefined where nothing is to be tried any more.
 */
export function nextChoice(
  { operations, tables }: Evidence,
  choice: Choice,
  { report, shown }: { readonly report: CheckReport; readonly shown: Shown },
): NextChoice | undefined {
  const misfits = report.steps.flatMap((step) => step.misfits);
  for (const name of tableNames) {
    const place = (choice.tables[name] ?? 0) + 1;
    const isWrong = misfits.some(
      ({ property, problem }) =>
        (property === `tables.${name}` && !problem.startsWith('there is no table')) ||
        (name === 'orderItems' && property === 'tables.orderItems'),
    );
    if (isWrong && tables && place < tables.candidates[name].length) {
      return { choice: { ...choice, tables: { ...choice.tables, [name]: place } }, changed: [`tables.${name}`] };
    }
  }
  for (const [role, title] of stepsOf) {
    const step = report.steps.find((one) => one.title === title);
    const isWrong =
      (step?.outcome === 'misfit' || step?.outcome === 'failed') && !shown.successes.some(({ name }) => name === role);
    if (!isWrong) continue;
    const { [role]: fullBody, ...otherBodies } = choice.fullBodies;
    const bodyChanges = [`endpoints.${role}.constants`];
    if (fullBody === undefined) {
      return { choice: { ...choice, fullBodies: { ...otherBodies, [role]: 'tried' } }, changed: bodyChanges };
    }
    const place = (choice.operations[role] ?? 0) + 1;
    if (place < operations[role].length) {
      const changed = { ...choice, operations: { ...choice.operations, [role]: place }, fullBodies: otherBodies };
      return { choice: changed, changed: [`endpoints.${role}`] };
    }
    if (fullBody === 'tried') {
      return { choice: { ...choice, fullBodies: { ...otherBodies, [role]: 'in-vain' } }, changed: bodyChanges };
    }
    if (role === 'createOrder' && choice.plainLineIds !== 'in-vain' && hasLines(operations.createOrder[place - 1])) {
      const plainLineIds = choice.plainLineIds === 'tried' ? 'in-vain' : 'tried';
      return { choice: { ...choice, plainLineIds }, changed: ['endpoints.createOrder.body'] };
    }
  }
  return undefined;
}
