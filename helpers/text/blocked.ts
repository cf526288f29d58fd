import { UserError } from './user-error.ts';

/** Ends a run before its first test because it could not prove anything; the message has the numbers and the remedy. */
export class Blocked extends UserError {
  override readonly name = 'BLOCKED';
}
