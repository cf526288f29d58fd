import { UserError } from './user-error.ts';

/** The run could not have told anything, so nothing of it is run. One sentence with the numbers and the remedy. */
export class Blocked extends UserError {
  override readonly name = 'BLOCKED';
}
