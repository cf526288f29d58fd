import { callWords, isCallName } from '../../kinds/call-words.ts';
import { fixedHeaderLines, fixedHeaderOptions } from './fixed-header-lines.ts';
import { logInLines } from './log-in-lines.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import { replaceRanges } from '../replace-ranges.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted, shellWord, type Template } from './shell-words.ts';

/** A request without an answer is given up after at least as long as it takes to arrive. */
const minSeconds = 0.4;
const maxSeconds = 30;
/** What the scenario waited for in vain for longer says nothing more. */
const maxCutSeconds = 5;

const numberOf = (place: number): number => place + 1;

/** Returns how a request's body is sent, and its headers. */
const optionsOf = (exchange: ScriptedExchange, { ids, keys, profile }: ScriptContext): string[] => {
  const { body, headers = {}, sentBy } = exchange;
  const { authentication } = profile;
  const replaced = new Set(Object.keys(profile.headers ?? {}).map((name) => name.toLowerCase()));
  const usual = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const own = Object.entries({ ...without(usual, replaced), ...headers }).map(([name, value]) =>
    // Curl takes a header without a value for one that is not to be sent.
    value === '' ? quoted(`${name};`) : shellWord([`${name}: `, ...replaceRanges(value, keys.ranges(value))]),
  );
  const asUser = sentBy === undefined ? undefined : ids.variable('user', sentBy);
  const isAuthenticated = authentication && (authentication.by !== 'log-in' || asUser);
  const secret = asUser && authentication?.by === 'log-in' ? asUser.variable.toLowerCase() : 'everybody';
  return [
    ...own.map((header) => `--header ${header}`),
    ...fixedHeaderOptions(profile, asUser?.variable, headers),
    ...(isAuthenticated ? [`--header "@$work/secret-${secret}"`] : []),
    ...(body === undefined ? [] : [`--data-raw ${shellWord(bodyOf(body, { ids, keys }))}`]),
  ];
};

const without = (
  headers: Readonly<Record<string, string>>,
  names: ReadonlySet<string>,
): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));

/** Returns a body with variables for ids and keys. */
const bodyOf = (body: string, { ids, keys }: Pick<ScriptContext, 'ids' | 'keys'>): Template =>
  replaceRanges(body, [...ids.inBody(body), ...keys.ranges(body)]);

const titleOf = ({ call, path }: ScriptedExchange): string => (isCallName(call) ? callWords[call] : path);

/** Returns after how long a request is given up: early where the scenario gave it up. */
const secondsOf = ({ status, durationMs, place }: ScriptedExchange, { finding }: ScriptContext): number => {
  const isCut = status === undefined && !(finding.kind === 'no-answer' && place === finding.evidence.at);
  return isCut ? Math.min(Math.max(durationMs / 1000, minSeconds), maxCutSeconds) : maxSeconds;
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
        [`  ${atInstance(exchange)}send ${number} ${seconds} ${quoted(exchange.method)} ${path}`, ...options].join(
          ' \\\n',
        ),
        '}',
      ];
    }),
  ];
}

const atInstance = ({ instance }: ScriptedExchange): string =>
  instance === undefined ? '' : `BASE_URL=\${instances[${instance}]%/} `;

/** Returns the lines that read the addresses of several instances, where requests are sent to others than the first. */
export function instanceLines({ evidence }: ScriptContext): string[] {
  const count = instancesIn(evidence);
  if (count === 1) return [];
  return [
    'IFS=, read -ra instances <<< "${BASE_URLS-}"',
    `if [ "\${#instances[@]}" -lt ${count} ]; then`,
    `  echo 'Could not be tried: BASE_URLS does not name ${count} instances of the service, such as http://a,http://b' >&2`,
    '  exit 2',
    'fi',
    'BASE_URL=${instances[0]}',
    '',
  ];
}

/** Returns how many instances of the service requests were sent to. */
export const instancesIn = ({ exchanges }: Pick<ScriptContext['evidence'], 'exchanges'>): number =>
  1 + Math.max(0, ...exchanges.map(({ instance = 0 }) => instance));

/** Returns the lines that write the headers with secrets, and log users in. */
export function secretLines({ profile, ids }: ScriptContext): string[] {
  return [...fixedHeaderLines(profile), ...authenticationLines({ profile, ids })];
}

const authenticationLines = ({ profile, ids }: Pick<ScriptContext, 'profile' | 'ids'>): string[] => {
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
      return logInLines(authentication, profile, ids);
  }
};
