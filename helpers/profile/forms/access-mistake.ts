import { z } from 'zod';
import { didYouMean } from '../../text/words/name-similarity.ts';
import { isRecord } from '../../text/json.ts';
import { headerVariablePrefix, userPlaceholders } from '../headers.ts';
import type { TargetProfile } from '../target-profile.ts';

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'the name of a header');
const path = z.string().regex(/^\//, 'a path, from its first /');
const word = z.string().min(1, 'no empty text');

const csrf = z
  .strictObject({ header: headerName, cookie: word.optional(), field: word.optional(), path: path.optional() })
  .refine(
    ({ cookie, field }) => (cookie === undefined) !== (field === undefined),
    'either `cookie` or `field`, which says where the token is',
  );

const authentications = {
  'bearer-token': z.strictObject({ by: z.literal('bearer-token') }),
  'api-key': z.strictObject({ by: z.literal('api-key'), header: headerName }),
  'log-in': z
    .strictObject({
      by: z.literal('log-in'),
      path,
      body: z.record(z.string(), z.unknown()),
      encoding: z.enum(['json', 'form'], "'json' or 'form'").optional(),
      token: word.optional(),
      csrf: csrf.optional(),
    })
    .refine(
      ({ token, csrf: wanted }) => token === undefined || wanted === undefined,
      '`csrf` for the cookies of a session, or a `token`, not both',
    ),
} as const;

const ways = Object.keys(authentications);
const isWay = (by: unknown): by is keyof typeof authentications => typeof by === 'string' && ways.includes(by);

/** Returns the first thing that is wrong in a value, as `place: what is expected`. */
const wrongIn = (schema: z.ZodType, value: unknown, place: string): string | undefined => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue && `${[place, ...issue.path.map(String)].join('.')}: ${issue.message}`;
};

const authenticationMistake = (authentication: unknown): string | undefined => {
  if (authentication === undefined) return undefined;
  const by = isRecord(authentication) ? authentication.by : undefined;
  if (isWay(by)) return wrongIn(authentications[by], authentication, 'authentication');
  const said = typeof by === 'string' ? `${JSON.stringify(by)}${didYouMean(by, ways)}` : 'missing';
  return `authentication.by is ${said}; allowed are ${ways.map((way) => `'${way}'`).join(', ')}`;
};

const variable = new RegExp(`^${headerVariablePrefix}[A-Z0-9_]+$`);

// Beyond ASCII it depends on the reader what arrives.
const headerText = z
  .string()
  .regex(/^[\t -~]*$/, 'a text in ASCII, which headers can carry')
  .refine(
    (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name]) => userPlaceholders.some((known) => known === name)),
    `{${userPlaceholders.join('}, {')}} are the only values of a user`,
  );

const headerValue = z.union(
  [
    headerText,
    z.strictObject({ fromEnvironment: z.string().regex(variable, `the name of a variable, ${headerVariablePrefix}…`) }),
  ],
  `a text in ASCII with no other values of a user than {${userPlaceholders.join('}, {')}}, or { fromEnvironment: '${headerVariablePrefix}…' }`,
);

/**
 * Returns what is wrong with the parts of a profile that its types leave open where nobody checks them; undefined where
 * nothing is.
 */
export function accessMistake({
  authentication,
  headers,
}: Pick<TargetProfile, 'authentication' | 'headers'>): string | undefined {
  return (
    authenticationMistake(authentication) ?? wrongIn(z.record(headerName, headerValue).optional(), headers, 'headers')
  );
}
