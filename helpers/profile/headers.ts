/** Prefix of the variables that a profile may name for headers. */
export const headerVariablePrefix = 'API_HEADER_';

/**
 * The value of a further header: a text, in which `{userId}`, `{name}` and `{email}` are replaced by those of the user of
 * a request (a request of nobody goes without the header), or the name of a variable, `API_HEADER_…`, for secrets.
 */
export type HeaderValue = string | { readonly fromEnvironment: `${typeof headerVariablePrefix}${string}` };

/** The names of what stands for a value of the user. */
export const userPlaceholders = ['userId', 'name', 'email'] as const;

/** Returns whether a header has another value for each user. */
export const isPerUser = (value: HeaderValue): boolean =>
  typeof value === 'string' && userPlaceholders.some((name) => value.includes(`{${name}}`));
