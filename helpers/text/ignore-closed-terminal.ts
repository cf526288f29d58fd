/**
 * Lets this process go on when its terminal is closed: only its output is lost. Any other write error is thrown as
 * usual.
 */
export function ignoreClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EIO') throw error;
    });
  }
}
