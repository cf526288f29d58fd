import { describeOutcome, type Exchange } from '../../api/answers/exchange.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Authentication } from '../../profile/authentication.ts';
import { isMissing, type KeyPlace } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { misfitOf, type Misfit, type PropertyPath } from './misfit.ts';
import { leavesOf } from './json-leaves.ts';
import { normalizeName, nameSimilarity } from '../../text/words/name-similarity.ts';
import { usualKeyPlaces } from '../suggest/usual-key-places.ts';

/**
 * Returns the misfit of a request that should have succeeded and did not, as far as its answer explains it. The answer is
 * one of the API: what apiFailure names is none.
 */
export function judgeMissingSuccess(exchange: Exchange, profile: TargetProfile, settings: Settings): Misfit {
  const { name, request, response } = exchange;
  const endpoint = profile.endpoints[name];
  const property: PropertyPath = ['endpoints', name];
  if (!response) return judgeLogIn(exchange, settings);
  const { status, headers, body } = response;
  const answered = `${request.method} ${request.path} was answered ${describeOutcome(exchange)}`;
  if (isMissing(endpoint)) return { problem: answered, property, suggestion: 'describe the endpoint of the target' };
  const key = 'key' in endpoint ? endpoint.key : undefined;
  const wantedKey = status === 401 || status === 404 ? undefined : wantedKeyPlace(body, key);
  if (wantedKey && 'body' in endpoint)
    return misfitOf(`${answered}: ${excerpt(body)}`, [...property, 'key'], wantedKey);
  if (status === 401 || status === 403) return judgeAuthentication(exchange, profile);
  const known = exchange.refusal?.reason;
  const isSaid = exchange.refusal?.namedBy !== 'status';
  if (isSaid && (known === 'unknown-user' || known === 'unknown-product' || known === 'unknown-order')) {
    const thing = known.slice('unknown-'.length);
    return {
      problem: `${answered}, although the ${thing} is in the tables`,
      property: [...property, 'path'],
      suggestion: `either API and database are not the same system (BASE_URL, DB_*), or the path or body does not have the ${thing}'s id in the right form`,
    };
  }
  if (status === 404) {
    return {
      problem: `not found: ${answered}`,
      property: [...property, 'path'],
      suggestion: `check the path (sent: ${request.path}) and that of BASE_URL, or declare the endpoint missing with notOffered('…') if the target has none`,
    };
  }
  if (status === 405) {
    const [allowed] = (headers.allow ?? '')
      .split(/\s*,\s*/)
      .filter((method) => /^(GET|POST|PUT|PATCH|DELETE)$/.test(method));
    if (allowed !== undefined && allowed !== request.method) {
      return misfitOf(`${answered}; it allows ${headers.allow ?? ''}`, [...property, 'method'], allowed);
    }
    return { problem: answered, property: [...property, 'method'], suggestion: 'set the method of the target' };
  }
  if (known === 'balance' || known === 'stock') {
    return {
      problem: `${answered}, although there was enough ${known}`,
      property: ['money'],
      suggestion: 'the target does not read the seeded amount: check money, tables, and caches of the target',
    };
  }
  return judgeBody(exchange, profile, answered);
}

/**
 * Returns the misfit of a log-in that the API has refused, or whose answer lacks its token, so that the request itself was
 * never sent.
 */
function judgeLogIn({ failure = 'lost' }: Exchange, { secrets }: Settings): Misfit {
  const [, token] = /, without a \S+; it has (\S+)$/.exec(failure) ?? [];
  if (token !== undefined) return misfitOf(failure, ['authentication', 'token'], token);
  const isSet = secrets.API_PASSWORD !== undefined;
  return {
    problem: failure,
    property: ['authentication'],
    suggestion: `check its path, body and token, and API_PASSWORD (${isSet ? 'set' : 'not set'}); users that are inserted have the password that most users in the table have: sign one up with that of API_PASSWORD, or say its hash in tables.users.fixed`,
  };
}

const variableOf: Readonly<Record<Authentication['by'], string>> = {
  'bearer-token': 'API_TOKEN',
  'api-key': 'API_KEY',
  'log-in': 'API_PASSWORD',
};

function judgeAuthentication({ request, response, refusal }: Exchange, { authentication }: TargetProfile): Misfit {
  const scheme = response?.headers['www-authenticate'];
  const asks = scheme === undefined ? '' : `, which asks for ${scheme}`;
  const problem = `${request.method} ${request.path} was answered ${response?.status ?? ''}${refusal?.code === undefined ? '' : ` ${refusal.code}`}${asks}`;
  const property = ['authentication'];
  if (!authentication) {
    return {
      problem: `${problem}, and the profile has no authentication`,
      property,
      suggestion:
        "say authentication: { by: 'bearer-token' } and set API_TOKEN, or { by: 'api-key', header: 'X-API-Key' } and API_KEY, or { by: 'log-in', … } and API_PASSWORD",
    };
  }
  return {
    problem: `${problem}, although the profile authenticates by ${authentication.by}`,
    property,
    suggestion: `check ${variableOf[authentication.by]}${authentication.by === 'api-key' ? ` and the header ${authentication.header}` : ''}: is it valid, and may it do this for any user?`,
  };
}

/** Returns the place of the idempotency key that an error demands, where it differs from that of the profile. */
function wantedKeyPlace(body: string, current: KeyPlace | undefined): KeyPlace | undefined {
  const [, header] =
    /\b((?:x-)?idempoten[a-z]*-[a-z-]+)/i.exec(body) ?? /header\W{1,4}((?:[a-z]+-)+(?:key|id))\b/i.exec(body) ?? [];
  const [field] = /\bidempoten[a-z]*_?(?:key|token|id)\b/i.exec(body) ?? [];
  const isCurrent = (place: KeyPlace): boolean =>
    current?.in === place.in && current.name.toLowerCase() === place.name.toLowerCase();
  if (header === undefined && field === undefined) return undefined;
  const said: KeyPlace =
    header !== undefined ? { in: 'header', name: header } : { in: 'body', name: field ?? 'idempotencyKey' };
  if (!isCurrent(said)) return said;
  // It demands a key that it was sent: most likely it expects it elsewhere, under another name.
  const other = usualKeyPlaces.find((place) => place.in !== said.in);
  return other && !isCurrent(other) ? other : undefined;
}

/**
 * Returns the misfit of a refused body: a field that the error names and the request lacks is most likely the right
 * name.
 */
function judgeBody({ name, request, response }: Exchange, profile: TargetProfile, answered: string): Misfit {
  const endpoint = profile.endpoints[name];
  const text = response?.body ?? '';
  const problem = `${answered}: ${excerpt(text)}`;
  if (!('body' in endpoint)) {
    return { problem, property: ['endpoints', name, 'path'], suggestion: `check the path (sent: ${request.path})` };
  }
  const unstated = 'amount' in endpoint.body ? endpoint.body.amount : undefined;
  if (name === 'pay' && unstated !== undefined && !hasField(request.body, unstated) && namesAmount(text, unstated)) {
    return misfitOf(problem, ['endpoints', 'pay', 'amount'], 'required');
  }
  const property = ['endpoints', name, 'body'];
  const sent = new Set(fieldNames(parseJson(request.body ?? '')).map(normalizeName));
  const declared = Object.entries<string | undefined>(endpoint.body);
  const unsent = identifiersIn(text).filter((word) => !sent.has(normalizeName(word)) || !hasField(request.body, word));
  const pairs = unsent.flatMap((word) =>
    declared.flatMap(([field, path]) => {
      const like = Math.max(nameSimilarity(word, field), nameSimilarity(word, path ?? ''));
      return path !== undefined && path !== word && like > 0.5 ? [{ word, field, like }] : [];
    }),
  );
  const [best] = pairs.toSorted((one, other) => other.like - one.like);
  if (best) return misfitOf(problem, [...property, best.field], best.word);
  const lacking = unsent.slice(0, 5).map((word) => `\`${word}\``);
  const named = lacking.length > 0 ? `the answer names ${lacking.join(', ')}, which the request did not have; ` : '';
  return {
    problem,
    property,
    suggestion: `${named}compare the names and constants of the body with those of the target (sent: ${request.body ?? 'no body'})`,
  };
}

const namesAmount = (text: string, field: string): boolean =>
  /금액|\bamount\b/i.test(text) || text.includes(field.split('.').at(-1) ?? field);

const hasField = (body: string | undefined, name: string): boolean => (body ?? '').includes(`"${name}"`);

const fieldNames = (json: unknown): string[] =>
  Array.isArray(json)
    ? json.flatMap(fieldNames)
    : isRecord(json)
      ? Object.entries(json).flatMap(([name, value]) => [name, ...fieldNames(value)])
      : [];

/** Returns the words that look like names of fields: quoted, or with a capital or an underscore inside. */
const identifiersIn = (text: string): string[] => {
  const json = parseJson(text);
  const said =
    json === undefined
      ? [text]
      : leavesOf(json).flatMap(({ value }) => (Array.isArray(value) ? [JSON.stringify(value)] : [String(value)]));
  const words = said
    .join(' ')
    .slice(0, 2000)
    .matchAll(/['"`](?<quoted>[A-Za-z]\w*)['"`]|\b(?<name>[a-z]+(?:[A-Z][a-z\d]*|_[a-z\d]+)+)\b/g);
  return [...new Set([...words].flatMap(({ groups }) => groups?.quoted ?? groups?.name ?? []))];
};

const excerpt = (body: string): string => (body.length > 160 ? `${body.slice(0, 160)}…` : body) || 'no body';
