import type { Authentication, CsrfToken } from '../../../profile/authentication.ts';
import type { TargetProfile } from '../../../profile/target-profile.ts';
import type { Json } from '../../../text/json.ts';
import { fixedHeaderOptions } from './fixed-header-lines.ts';
import type { NamedIds } from '../named-ids.ts';
import { quoted, shellWord, type Template } from './shell-words.ts';

type LogIn = Extract<Authentication, { by: 'log-in' }>;

/** Returns a text with variables where the placeholders of a log-in stand. */
const filledIn = (text: string, user: string, password: string): Template => {
  const variables: Readonly<Record<string, string>> = {
    ...{ userId: user, email: `${user}_EMAIL`, name: `${user}_NAME` },
    ...{ password, csrf: 'csrf' },
  };
  return text.split(/\{(\w+)\}/).map((part, place) => {
    if (place % 2 === 0) return part;
    const variable = variables[part];
    return variable === undefined ? `{${part}}` : { variable };
  });
};

const send = (name: string, method: string, path: string, options: readonly string[]): string =>
  [`send ${name} 30 ${method} ${quoted(path)} --header 'accept: application/json'`, ...options].join(' \\\n  ');

/** Returns the lines that write a body to files, and the options that send it. */
const bodyOf = (
  { body, encoding = 'json' }: LogIn,
  user: string,
  file: string,
): { readonly lines: string[]; readonly options: string[] } => {
  if (encoding === 'json') {
    return {
      lines: [
        `(umask 077; printf '%s' ${shellWord(filledIn(JSON.stringify(body), user, 'password'))} > "$work/${file}")`,
      ],
      options: ["--header 'content-type: application/json'", `--data-binary "@$work/${file}"`],
    };
  }
  const fields = Object.entries(body).map(([name, value], nth) => ({ name, value, file: `${file}-${nth}` }));
  const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return {
    lines: fields.map(
      (field) =>
        `(umask 077; printf '%s' ${shellWord(filledIn(textOf(field.value), user, 'API_PASSWORD'))} > "$work/${field.file}")`,
    ),
    options: fields.map((field) => `--data-urlencode ${quoted(field.name)}@"$work/${field.file}"`),
  };
};

/** Returns what takes the token out of an answer, once some answers have set cookies. */
const takeToken = ({ cookie, field = '' }: CsrfToken, from: string, cookies: readonly string[]): string =>
  cookie === undefined
    ? `csrf=$(field ${from} ${quoted(field)})`
    : `csrf=$(cookie_named ${quoted(cookie)} ${cookies.join(' ')})`;

/** Returns the lines that log one user in and write the headers of the session. */
const sessionLines = (form: LogIn, user: string, fixed: readonly string[]): string[] => {
  const name = user.toLowerCase();
  const [before, logIn, after, secret] = [
    `csrf-${name}`,
    `log-in-${name}`,
    `csrf-again-${name}`,
    `"$work/secret-${name}"`,
  ];
  const { csrf } = form;
  const asked = csrf?.path === undefined ? undefined : { ...csrf, path: csrf.path };
  const { lines, options } = bodyOf(form, user, `body-${name}`);
  const writeCookies = (...answers: string[]): string =>
    `(umask 077; printf 'cookie: %s\\n' "$(cookies ${answers.join(' ')})" > ${secret})`;
  const known = asked ? [before, logIn] : [logIn];
  const all = asked ? [...known, after] : known;
  return [
    'csrf=',
    ...(asked
      ? [send(before, 'GET', asked.path, fixed), takeToken(asked, before, [before]), writeCookies(before)]
      : []),
    ...lines,
    send(logIn, 'POST', form.path, [
      ...fixed,
      ...(asked ? [`--header @${secret}`, `--header ${quoted(`${asked.header}: `)}"$csrf"`] : []),
      ...options,
    ]),
    `rm -f "$work/body-${name}"*`,
    `[ -n "$(cookies ${logIn})" ] || cannot "the log-in is answered $(status ${logIn})"`,
    writeCookies(...known),
    ...(asked ? [send(after, 'GET', asked.path, [...fixed, `--header @${secret}`])] : []),
    ...(asked ? [writeCookies(...all)] : []),
    ...(csrf
      ? [
          takeToken(csrf, asked ? after : logIn, all),
          `(umask 077; printf '%s\\n' ${quoted(`${csrf.header}: `)}"$csrf" >> ${secret})`,
        ]
      : []),
  ];
};

/** Returns the lines that log one user in and write the header with the token. */
const tokenLines = (form: LogIn, token: string, user: string, fixed: readonly string[]): string[] => {
  const name = user.toLowerCase();
  const logIn = `log-in-${name}`;
  const { lines, options } = bodyOf(form, user, `body-${name}`);
  return [
    ...lines,
    send(logIn, 'POST', form.path, [...fixed, ...options]),
    `rm -f "$work/body-${name}"*`,
    `token=$(field ${logIn} ${quoted(token)})`,
    `[ -n "$token" ] || cannot "the log-in is answered $(status ${logIn})"`,
    `(umask 077; printf 'authorization: Bearer %s\\n' "$token" > "$work/secret-${name}")`,
  ];
};

/** Returns the lines that log all users of a script in. */
export function logInLines(form: LogIn, profile: TargetProfile, ids: NamedIds): string[] {
  return [
    `[ -n "\${API_PASSWORD-}" ] || cannot 'API_PASSWORD is not set'`,
    `password=$(printf '%s' "$API_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')`,
    ...ids.of('user').flatMap(({ variable }) => {
      const fixed = fixedHeaderOptions(profile, variable);
      return form.token === undefined
        ? sessionLines(form, variable, fixed)
        : tokenLines(form, form.token, variable, fixed);
    }),
  ];
}
