import type { KeyPlace } from '../../profile/endpoint-forms.ts';
import type { Json } from '../../text/json.ts';
import type { DocumentedField, Operation, Parameter } from '../document/operation.ts';
import { speaksOf } from '../words/concepts.ts';
import { constantsOf, plausibleValue } from './constants.ts';
import type { SuiteField } from './field-names.ts';
import { listedIn } from './listed-in.ts';
import { matchFields } from './match-fields.ts';
import type { Role } from './rank-operations.ts';

type Paths = Readonly<Partial<Record<SuiteField, string>>>;

/** One call of a profile as far as a document tells it. */
export interface DraftedEndpoint {
  readonly method: Operation['method'];
  readonly path: string;
  readonly success?: number;
  readonly body: Paths;
  readonly constants: Readonly<Record<string, Json>>;
  readonly key?: KeyPlace;
  /** The place of the list in which the thing is looked up. */
  readonly inList?: string;
  readonly answer: Paths;
  /** Fields of an order's line in the answer. */
  readonly item: Paths;
  /** Fields of the answer that can have one value only. */
  readonly says: Readonly<Record<string, Json>>;
}

const orderFields: readonly SuiteField[] = [
  ...(['orderId', 'orderNumber', 'userId', 'items', 'subtotalAmount', 'discountAmount', 'totalAmount'] as const),
  ...(['status', 'createdAt'] as const),
];

/** The fields of each call's answer. */
export const answerFields: Readonly<Record<Role, readonly SuiteField[]>> = {
  health: [],
  getBalance: ['userId', 'balance'],
  chargeBalance: ['userId', 'balance', 'chargedAmount', 'chargedAt'],
  getProduct: ['productId', 'name', 'price', 'stock'],
  createOrder: orderFields,
  getOrder: [...orderFields, 'paidAt'],
  cancelOrder: orderFields,
  pay: ['paymentId', 'orderId', 'paidAmount', 'remainingBalance', 'status', 'paidAt'],
};

const bodyFields: Readonly<Record<Role, readonly SuiteField[]>> = {
  health: [],
  getBalance: [],
  chargeBalance: ['userId', 'amount'],
  getProduct: [],
  createOrder: ['userId', 'items', 'productId', 'quantity', 'unitPrice'],
  getOrder: [],
  cancelOrder: ['userId', 'orderId'],
  pay: ['userId', 'orderId', 'amount'],
};

/** The field that names what each call is about. */
export const things: Readonly<Record<Role, SuiteField>> = {
  health: 'userId',
  getBalance: 'userId',
  chargeBalance: 'userId',
  getProduct: 'productId',
  createOrder: 'orderId',
  getOrder: 'orderId',
  cancelOrder: 'orderId',
  pay: 'paymentId',
};

/** The thing that a call's path names where nothing tells more. */
const mainParameter = (role: Role): string => (role === 'pay' ? 'orderId' : things[role]);

const ids = [
  ['user', 'userId'],
  ['order', 'orderId'],
  ['product', 'productId'],
] as const;

/** Returns the list that a call answers in place of the thing that it looks up. */
function inListOf(role: Role, operation: Operation): string | undefined {
  const thing = role === 'getOrder' ? 'orderId' : role === 'getProduct' ? 'productId' : undefined;
  const isOfOne = thing === undefined || pathOf(role, operation).includes(`{${thing}}`);
  return isOfOne ? undefined : listedIn(operation, thing);
}

const idNamed = (name: string): string | undefined => ids.find(([concept]) => speaksOf(concept, name))?.[1];

const isKey = ({ name, description }: Pick<Parameter, 'name' | 'description'>): boolean =>
  speaksOf('key', name) || /^x-request-id$/i.test(name) || (/key|id$/i.test(name) && speaksOf('key', description));

/** Returns a path with the suite's names for its parameters, and with the query that must be sent. */
function pathOf(role: Role, { path, parameters }: Operation): string {
  const parts = path.split('/');
  const named = parts.map((part, place) =>
    part.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
      const said = idNamed(name) ?? idNamed(parts[place - 1] ?? '');
      return `{${said ?? mainParameter(role)}}`;
    }),
  );
  const query = parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap((parameter): string[] => {
      const id = idNamed(parameter.name);
      if (id !== undefined && (parameter.isRequired || !path.includes('{'))) return [`${parameter.name}={${id}}`];
      if (!parameter.isRequired) return [];
      const value = plausibleValue({ ...parameter, path: parameter.name });
      return typeof value === 'object' || value === undefined
        ? []
        : [`${parameter.name}=${encodeURIComponent(String(value))}`];
    });
  return `${named.join('/')}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

const pathsOf = (found: Partial<Record<SuiteField, DocumentedField>>): Paths =>
  Object.fromEntries(Object.entries(found).map(([name, { path }]) => [name, path]));

function bodyPaths(role: Role, { path, body }: Operation): Paths {
  const withoutKey = body.filter((field) => !isKey({ name: field.path, description: field.description }));
  const wanted = bodyFields[role].filter((name) => !path.includes(`{${name}}`));
  if (role !== 'createOrder') return pathsOf(matchFields(withoutKey, { wanted }));
  const lists = withoutKey.filter(({ type, list }) => type === 'array' && list === undefined);
  const lines = lists
    .map(({ path: list }) => ({ list, found: lineFields(withoutKey, list) }))
    .toSorted((one, other) => Object.keys(other.found).length - Object.keys(one.found).length)[0];
  const user = matchFields(withoutKey, { wanted: ['userId'] });
  if (lines && Object.keys(lines.found).length > 0) {
    return { ...pathsOf(user), items: lines.list, ...pathsOf(lines.found) };
  }
  return { ...pathsOf(user), ...pathsOf(lineFields(withoutKey)) };
}

/** Returns the fields of a line; a price only where it is demanded: one that may be left out is the target's own matter. */
function lineFields(body: readonly DocumentedField[], list?: string): Partial<Record<SuiteField, DocumentedField>> {
  const { unitPrice, ...found } = matchFields(body, {
    wanted: ['productId', 'quantity', 'unitPrice'],
    ofThing: 'productId',
    ...(list !== undefined && { list }),
  });
  return unitPrice?.isRequired === true ? { ...found, unitPrice } : found;
}

function keyOf({ parameters, body }: Operation): KeyPlace | undefined {
  const header = parameters.find((one) => one.in === 'header' && isKey(one));
  if (header) return { in: 'header', name: header.name };
  const field = body.find(({ path, list, description }) => list === undefined && isKey({ name: path, description }));
  return field && { in: 'body', name: field.path };
}

/** Returns one call of a profile, as far as an operation of a document tells it. */
export function draftEndpoint(role: Role, operation: Operation): DraftedEndpoint {
  const path = pathOf(role, operation);
  const body = bodyPaths(role, { ...operation, path });
  const key = keyOf(operation);
  const inList = inListOf(role, operation);
  const ofList = inList === undefined || inList === '' ? {} : { list: inList };
  const answer = pathsOf(
    matchFields(operation.answer, { wanted: answerFields[role], ofThing: things[role], ...ofList }),
  );
  const item =
    answer.items === undefined
      ? {}
      : matchFields(operation.answer, {
          wanted: ['productId', 'productName', 'quantity', 'unitPrice', 'subtotal'],
          list: answer.items,
        });
  const used = [...Object.values(body), ...(key?.in === 'body' ? [key.name] : [])];
  return {
    method: operation.method,
    path,
    ...(operation.success !== undefined && { success: operation.success }),
    body,
    constants: constantsOf(operation.body, used, 'required'),
    ...(key && { key }),
    ...(inList !== undefined && { inList }),
    answer,
    item: pathsOf(item),
    says: Object.fromEntries(
      operation.answer.flatMap(({ path: name, values: [only, ...others] }) =>
        only === undefined || others.length > 0 || name.includes('.') ? [] : [[name, only]],
      ),
    ),
  };
}

/** Returns the maximum length of a key that a document states for an operation. */
export function keyLengthOf({ parameters, body }: Operation): number | undefined {
  const field =
    parameters.find((one) => one.in === 'header' && isKey(one)) ??
    body.find(({ path, list, description }) => list === undefined && isKey({ name: path, description }));
  return field?.maxLength;
}

/** Returns whether a document demands a key for an operation; undefined where it says nothing of keys. */
export function isKeyRequired({ parameters, body }: Operation): boolean | undefined {
  const field =
    parameters.find((one) => one.in === 'header' && isKey(one)) ??
    body.find(({ path, list, description }) => list === undefined && isKey({ name: path, description }));
  return field?.isRequired;
}
