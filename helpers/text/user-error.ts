import { inspect } from 'node:util';
import { shownText } from './shown-text.ts';

const maxMessageLength = 10_000;

/**
 * An error whose message is all that its reader needs: it is printed without a stack trace, and text from a target
 * cannot send control characters to the terminal.
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
