const noStack = (): string => '';

/**
 * Begins something that takes a stack first, which nobody will see.
 *
 * Each of Playwright's calls does, and to look up its frames in source maps costs more than a request.
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
