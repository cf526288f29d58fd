import { inspect } from 'node:util';
import { shownText } from './shown-text.ts';

const maxMessageLength = 10_000;

/**
 * An error whose message is all that its reader needs: it is printed without a stack trace, and whatever part of it a
 * target said cannot steer the terminal.
 */
export class UserError extends Error {
  constructor(message: string) {
    super(shownText(message, maxMessageLength));
    this.stack = this.message;
  }

  [inspect.custom](): string {
    return this.message;
  }
}
