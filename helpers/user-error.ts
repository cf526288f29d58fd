/** An error whose message is all that its reader needs: it is printed without a stack trace. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    this.stack = message;
  }
}
