/**
 * Lets this process go on when its terminal is closed: what it then says is lost, what it does is not.
 *
 * @throws later, out of the stream, any other error of writing, as without it.
 */
export function ignoreClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EIO') throw error;
    });
  }
}
