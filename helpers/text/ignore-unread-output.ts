/**
 * Lets this process go on when nobody reads its output any more, since its terminal was closed or the command that it
 * is piped to has ended. Any other write error is thrown as usual.
 */
export function ignoreUnreadOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
    });
  }
}
