const noStack = (): string => '';

/**
 * Runs a function without capturing stack traces.
 *
 * Every call of Playwright captures one, and mapping its frames through source maps costs more than a request.
 */
export function withoutStack<Result>(begin: () => Result): Result {
  const former = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Error.prepareStackTrace = noStack;
  try {
    return begin();
  } finally {
    if (former) Object.defineProperty(Error, 'prepareStackTrace', former);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
}
