import { inspect } from 'node:util';

/** An error whose message is all that its reader needs: it is printed without a stack trace. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }

  [inspect.custom](): string {
    return this.message;
  }
}
