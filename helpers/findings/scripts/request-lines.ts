import type { Json } from '../../text/json.ts';
import { callWords, isCallName } from '../call-words.ts';
import type { ScriptedExchange } from './evidence-of.ts';
import { replaceRanges } from './replace-ranges.ts';
import type { ScriptContext } from './script-context.ts';
import { quoted, shellWord, type Template } from './shell-words.ts';

/** A request without an answer is given up after at least as long as it takes to arrive. */
const minSeconds = 0.4;
const maxSeconds = 30;

const numberOf = (place: number): number => place + 1;

/** Returns how a request's body is sent, and its headers. */
const optionsOf = (exchange: ScriptedExchange, { ids, keys, profile }: ScriptContext): string[] => {
  const { body, headers = {}, sentBy } = exchange;
  const usual = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const own = Object.entries({ ...usual, ...headers }).map(([name, value]) =>
    // Curl takes a header without a value for one that is not to be sent.
    value === '' ? quoted(`${name};`) : shellWord([`${name}: `, ...replaceRanges(value, keys.ranges(value))]),
  );
  const asUser = sentBy === undefined ? undefined : ids.variable('user', sentBy);
  const isAuthenticated = profile.authentication && (profile.authentication.by !== 'log-in' || asUser);
  const secret = asUser && profile.authentication?.by === 'log-in' ? asUser.variable.toLowerCase() : 'everybody';
  return [
    ...own.map((header) => `--header ${header}`),
    ...(isAuthenticated ? [`--header "@$work/secret-${secret}"`] : []),
    ...(body === undefined ? [] : [`--data-raw ${shellWord(bodyOf(body, { ids, keys }))}`]),
  ];
};

/** Returns a body with variables for ids and keys. */
const bodyOf = (body: string, { ids, keys }: Pick<ScriptContext, 'ids' | 'keys'>): Template =>
  replaceRanges(body, [...ids.inBody(body), ...keys.ranges(body)]);

const titleOf = ({ call, path }: ScriptedExchange): string => (isCallName(call) ? callWords[call] : path);

/** Returns after how long a request is given up: early where the scenario gave it up. */
const secondsOf = ({ status, durationMs, place }: ScriptedExchange, { finding }: ScriptContext): number => {
  const isCut = status === undefined && !(finding.kind === 'no-answer' && place === finding.evidence.at);
  return isCut ? Math.max(durationMs / 1000, minSeconds) : maxSeconds;
};

/** Returns the functions that send the requests, and the one that names them. */
export function requestLines(context: ScriptContext): string[] {
  const { exchanges } = context.evidence;
  const titles = [...new Set(exchanges.map(titleOf))].map((title) => {
    const places = exchanges.filter((one) => titleOf(one) === title).map(({ place }) => numberOf(place));
    return `    ${places.join(' | ')}) printf '%s' ${quoted(title)} ;;`;
  });
  return [
    'title_of() {',
    '  case $1 in',
    ...titles,
    '  esac',
    '}',
    '',
    ...exchanges.flatMap((exchange) => {
      const number = numberOf(exchange.place);
      const path = shellWord(context.ids.path(exchange));
      const seconds = secondsOf(exchange, context).toFixed(1);
      const options = optionsOf(exchange, context).map((option) => `    ${option}`);
      return [
        `request_${number}() {`,
        [`  send ${number} ${seconds} ${quoted(exchange.method)} ${path}`, ...options].join(' \\\n'),
        '}',
      ];
    }),
  ];
}

/** Returns the lines that write the headers with secrets, and log users in. */
export function secretLines({ profile, ids }: ScriptContext): string[] {
  const { authentication } = profile;
  const everybody = (name: string, header: string): string[] => [
    `[ -n "\${${name}-}" ] || cannot '${name} is not set'`,
    `(umask 077; printf '%s\\n' ${quoted(header)}"$${name}" > "$work/secret-everybody")`,
  ];
  switch (authentication?.by) {
    case undefined:
      return [];
    case 'bearer-token':
      return everybody('API_TOKEN', 'authorization: Bearer ');
    case 'api-key':
      return everybody('API_KEY', `${authentication.header}: `);
    case 'log-in':
      return [
        `[ -n "\${API_PASSWORD-}" ] || cannot 'API_PASSWORD is not set'`,
        `password=$(printf '%s' "$API_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')`,
        ...ids.of('user').flatMap(({ variable }) => {
          const file = `log-in-${variable.toLowerCase()}`;
          return [
            `printf '%s' ${shellWord(logInBody(authentication.body, variable))} > "$work/${file}"`,
            `send ${file} 30 POST ${quoted(authentication.path)} --header 'accept: application/json' \\`,
            `  --header 'content-type: application/json' --data-binary "@$work/${file}"`,
            `token=$(field ${file} ${quoted(authentication.token)})`,
            `[ -n "$token" ] || cannot "the log-in is answered $(status ${file})"`,
            `(umask 077; printf 'authorization: Bearer %s\\n' "$token" > "$work/secret-${variable.toLowerCase()}")`,
            `rm -f "$work/${file}"`,
          ];
        }),
      ];
  }
}

/** Returns the body of a log-in with variables where its placeholders stand. */
const logInBody = (body: Readonly<Record<string, Json>>, user: string): Template => {
  const variables: Readonly<Record<string, string>> = { userId: user, email: `${user}_EMAIL`, password: 'password' };
  return JSON.stringify(body)
    .split(/\{(\w+)\}/)
    .map((part, place) => {
      if (place % 2 === 0) return part;
      const variable = variables[part];
      return variable === undefined ? `{${part}}` : { variable };
    });
};
