const names = ['/health', '/actuator/health', '/healthz', '/livez', '/readyz', '/status', '/ping'];

/** Paths at which frameworks have their health calls, the most usual first. */
export const usualHealthPaths: readonly string[] = ['', '/api'].flatMap((prefix) =>
  names.map((name) => `${prefix}${name}`),
);
