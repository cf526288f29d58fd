import { absentId, type Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { isRecord } from '../../text/json.ts';
import { isCallName } from '../kinds/call-words.ts';
import type { ScriptEvidence, ScriptedExchange } from './evidence-of.ts';
import { answeredField } from './answered-field.ts';
import { replaceRanges, type Range } from './replace-ranges.ts';
import type { Template, Variable } from './lines/shell-words.ts';

type Kind = 'user' | 'product' | 'order';

const kindOfField: Readonly<Record<string, Kind>> = { userId: 'user', productId: 'product', orderId: 'order' };

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The users, products and orders of the evidence, each with the variable that holds it in the script. */
export class NamedIds {
  readonly #profile: TargetProfile;
  readonly #variables: Readonly<Record<Kind, Map<string, Variable>>> = {
    user: new Map(),
    product: new Map(),
    order: new Map(),
  };
  /** For each order the place of the request whose answer names it first. */
  readonly #namedBy = new Map<number, Variable>();
  readonly #all: ReadonlySet<string>;

  constructor(profile: TargetProfile, { before, after, exchanges }: ScriptEvidence) {
    this.#profile = profile;
    this.#all = new Set(after.orders.map(({ orderId }) => String(orderId)));
    for (const { userId } of before.accounts) this.#add('user', userId);
    for (const { productId } of before.products) this.#add('product', productId);
    const path = profile.endpoints.createOrder.answer.orderId;
    for (const { call, status = 0, answer = '', orderInHeader, place } of exchanges) {
      const isNaming = path !== undefined && call === 'createOrder' && status < 300;
      const id = isNaming ? answeredField(answer, path) : orderInHeader;
      if (id !== undefined && !this.#variables.order.has(id)) this.#namedBy.set(place, this.#add('order', id));
    }
  }

  /** Returns the variable of a user, a product or an order, where the script has one. */
  variable(kind: Kind, id: Id): Variable | undefined {
    return this.#variables[kind].get(String(id));
  }

  /** All of one kind. */
  of(kind: Kind): readonly Variable[] {
    return [...this.#variables[kind].values()];
  }

  /** Returns the variable of the order that the answer to a request names first. */
  orderNamedBy(place: number): Variable | undefined {
    return this.#namedBy.get(place);
  }

  /** Returns whether a request names an order that is in the tables, and that no answer of the script will name. */
  namesUnknownOrder(exchange: ScriptedExchange): boolean {
    return this.#values(exchange).some(
      ({ kind, text }) => kind === 'order' && this.#all.has(text) && !this.#variables.order.has(text),
    );
  }

  /** Returns the order that a request is about. */
  orderOf(exchange: ScriptedExchange): Variable | undefined {
    const named = this.#values(exchange).find(({ kind }) => kind === 'order');
    return named && this.variable('order', named.text);
  }

  /** Returns the user that a request is about. */
  userOf(exchange: ScriptedExchange): Variable | undefined {
    const named = this.#values(exchange).find(({ kind }) => kind === 'user');
    return named && this.variable('user', named.text);
  }

  /** Returns the users who do not exist, and whom requests name all the same: the script names them as they are. */
  absentUsers({ before, exchanges }: ScriptEvidence): string[] {
    const absent = new Set(before.accounts.map(({ userId }) => String(absentId(userId))));
    const named = exchanges.flatMap((exchange) => this.#values(exchange));
    return [...new Set(named.flatMap(({ kind, text }) => (kind === 'user' && absent.has(text) ? [text] : [])))];
  }

  /** Returns a request's path with variables for ids. */
  path(exchange: ScriptedExchange): Template {
    return replaceRanges(exchange.path, this.#ranges(this.#inPath(exchange)));
  }

  /** Returns where ids stand in a request's body. */
  inBody(body: string): readonly Range[] {
    return this.#ranges(this.#bodyValues(body));
  }

  #add(kind: Kind, id: Id): Variable {
    const all = this.#variables[kind];
    const variable = { variable: `${kind.toUpperCase()}_${all.size + 1}` };
    all.set(String(id), variable);
    return variable;
  }

  #values(exchange: ScriptedExchange): Value[] {
    return [...this.#inPath(exchange), ...this.#bodyValues(exchange.body ?? '')];
  }

  #inPath({ call, path }: ScriptedExchange): Value[] {
    const endpoint = isCallName(call) ? this.#profile.endpoints[call] : undefined;
    if (!endpoint || !('path' in endpoint)) return [];
    const names: string[] = [];
    const pattern = endpoint.path
      .split(/\{(\w+)\}/)
      .map((part, place) => {
        if (place % 2 === 0) return escaped(part);
        names.push(part);
        return '([^/?&]*)';
      })
      .join('');
    const match = new RegExp(`^${pattern}$`, 'd').exec(path);
    return names.flatMap((name, place) => {
      const [start] = match?.indices?.[place + 1] ?? [];
      return start === undefined ? [] : valuesAt(kindOfField[name], match?.[place + 1] ?? '', start);
    });
  }

  #bodyValues(body: string): Value[] {
    return this.#fields().flatMap(({ name, kind }) =>
      [...body.matchAll(new RegExp(`"${escaped(name)}"\\s*:\\s*"?([\\w-]+)`, 'dg'))].flatMap((match) => {
        const [start] = match.indices?.[1] ?? [];
        return start === undefined ? [] : valuesAt(kind, match[1] ?? '', start);
      }),
    );
  }

  /** The names of fields that hold ids in the bodies of requests. */
  #fields(): { name: string; kind: Kind }[] {
    const endpoints: readonly object[] = Object.values(this.#profile.endpoints);
    const bodies = endpoints.flatMap((endpoint) =>
      'body' in endpoint && isRecord(endpoint.body) ? Object.entries(endpoint.body) : [],
    );
    const named = [...Object.keys(kindOfField).map((name) => [name, name] as const), ...bodies];
    const kinds = new Map(
      named.flatMap(([name, path]): [string, Kind][] => {
        const kind = kindOfField[name];
        return kind === undefined ? [] : [[String(path).split('.').at(-1) ?? name, kind]];
      }),
    );
    return [...kinds].map(([name, kind]) => ({ name, kind }));
  }

  #ranges(values: readonly Value[]): Range[] {
    return values.flatMap(({ kind, text, start }) => {
      const variable = this.variable(kind, text);
      return variable ? [{ start, end: start + text.length, variable }] : [];
    });
  }
}

interface Value {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
}

/** An id may have letters or a fraction behind it, on purpose. */
function valuesAt(kind: Kind | undefined, text: string, start: number): Value[] {
  if (kind === undefined) return [];
  const [digits = ''] = /^\d+/.exec(text) ?? [];
  const isUuid = /^[0-9a-f]{8}-/i.test(text);
  return [{ kind, text: isUuid || digits === '' ? text : digits, start }];
}
