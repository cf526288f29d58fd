import { isPerUser } from '../../../profile/headers.ts';
import type { TargetProfile } from '../../../profile/target-profile.ts';
import { quoted, shellWord, type Template } from './shell-words.ts';

type Profile = Pick<TargetProfile, 'headers'>;

/** Where the headers whose values are secrets stand. */
const secretFile = '$work/secret-headers';

const secretsOf = ({ headers = {} }: Profile): [header: string, variable: string][] =>
  Object.entries(headers).flatMap(([header, value]) =>
    typeof value === 'string' ? [] : [[header, value.fromEnvironment]],
  );

/** Returns the variables of the environment that the headers of a profile need. */
export const headerVariables = (profile: Profile): string[] => secretsOf(profile).map(([, variable]) => variable);

/** Returns the lines that write the headers with secrets. */
export const fixedHeaderLines = (profile: Profile): string[] =>
  secretsOf(profile).flatMap(([header, variable]) => [
    `[ -n "\${${variable}-}" ] || cannot '${variable} is not set'`,
    `(umask 077; printf '%s\\n' ${quoted(`${header}: `)}"$${variable}" >> "${secretFile}")`,
  ]);

/** Returns a text with the variables of a user where its placeholders stand. */
const withUserVariables = (text: string, user: string): Template => {
  const variables: Readonly<Record<string, string>> = { userId: user, email: `${user}_EMAIL`, name: `${user}_NAME` };
  return text.split(/\{(userId|email|name)\}/).map((part, place) => {
    const variable = place % 2 === 0 ? undefined : variables[part];
    return variable === undefined ? part : { variable };
  });
};

/**
 * Returns the options of curl for the further headers of a profile.
 *
 * @param user the variable of the user who sends the request; without one, headers of users are left out.
 * @param own headers of the request itself, which go before them.
 */
export function fixedHeaderOptions(
  profile: Profile,
  user: string | undefined,
  own: Readonly<Record<string, string>> = {},
): string[] {
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const plain = Object.entries(profile.headers ?? {}).flatMap(([header, value]): Template[] => {
    if (typeof value !== 'string' || taken.has(header.toLowerCase())) return [];
    if (!isPerUser(value)) return [[`${header}: ${value}`]];
    return user === undefined ? [] : [[`${header}: `, ...withUserVariables(value, user)]];
  });
  return [
    ...plain.map((header) => `--header ${shellWord(header)}`),
    ...(secretsOf(profile).length > 0 ? [`--header "@${secretFile}"`] : []),
  ];
}
