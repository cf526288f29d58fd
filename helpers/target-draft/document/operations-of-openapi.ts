import { isRecord } from '../../text/json.ts';
import { fieldOf, fieldsOfSchema, followed } from './fields-of-schema.ts';
import type { DocumentedField, Operation, Parameter } from './operation.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A document may list more than anybody wants to read. */
const maxOperations = 5000;

const upper: Readonly<Record<(typeof methods)[number], Operation['method']>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (...values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string');

/** Returns the path that a document puts before all others: of its first server, or `basePath` in Swagger 2. */
function pathPrefix(document: Readonly<Record<string, unknown>>): string {
  const [server] = listOf(document.servers);
  const { url, variables } = isRecord(server) ? server : {};
  const address = typeof document.basePath === 'string' ? document.basePath : typeof url === 'string' ? url : '';
  const filled = address.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const variable: unknown = isRecord(variables) ? variables[name] : undefined;
    return isRecord(variable) && typeof variable.default === 'string' ? variable.default : whole;
  });
  const { pathname } = URL.canParse(filled, 'http://document') ? new URL(filled, 'http://document') : { pathname: '/' };
  return decodeURI(pathname).replace(/\/+$/, '');
}

/**
 * Returns a path relative to BASE_URL. What both the document's server and BASE_URL end with is there once; the
 * document's server is never spoken to.
 */
function withinBase(path: string, basePath: string): string {
  const base = basePath.replace(/\/+$/, '');
  return base !== '' && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || '/' : path;
}

/** Returns the schema of the JSON in a body or an answer: OpenAPI 3 by its media type, Swagger 2 directly. */
function contentSchema(document: unknown, value: unknown): unknown {
  const { content, schema } = followed(document, value);
  if (!isRecord(content)) return schema;
  const entries = Object.entries(content);
  const [, media] = entries.find(([type]) => /json/i.test(type)) ?? entries.find(([type]) => type === '*/*') ?? [];
  return isRecord(media) ? media.schema : undefined;
}

function parametersOf(document: unknown, lists: readonly unknown[]): Record<string, unknown>[] {
  const byPlace = new Map<string, Record<string, unknown>>();
  // Those of the operation win over those of its path.
  for (const one of lists.flatMap(listOf)) {
    const parameter = followed(document, one);
    byPlace.set(`${String(parameter.in)} ${String(parameter.name)}`, parameter);
  }
  return [...byPlace.values()];
}

function namedParameters(document: unknown, parameters: readonly Record<string, unknown>[]): Parameter[] {
  return parameters.flatMap((parameter): Parameter[] => {
    const { name, in: place, required, description, schema } = parameter;
    if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header')) return [];
    const field = fieldOf(document, schema ?? parameter);
    const texts = textsOf(description, field.description).join(' ');
    return [{ ...field, name, in: place, isRequired: required === true, description: texts }];
  });
}

function bodyOf(document: unknown, operation: Record<string, unknown>, parameters: readonly Record<string, unknown>[]) {
  const inBody = parameters.find((one) => one.in === 'body');
  const schema = inBody ? inBody.schema : contentSchema(document, operation.requestBody);
  return schema === undefined ? [] : fieldsOfSchema(document, schema).fields;
}

function answersOf(document: unknown, operation: Record<string, unknown>) {
  const responses = isRecord(operation.responses) ? Object.entries(operation.responses) : [];
  const [success] = responses
    .filter(([status]) => /^2(?:\d\d|XX)$/i.test(status))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const ofSuccess = fieldsOfSchema(document, success && contentSchema(document, success[1]));
  const errors = responses
    .filter(([status]) => /^(?:[45](?:\d\d|XX)|default)$/i.test(status))
    .flatMap(([, response]): DocumentedField[] => fieldsOfSchema(document, contentSchema(document, response)).fields);
  const status = Number(success?.[0]);
  return {
    ...(Number.isInteger(status) && { success: status }),
    answer: ofSuccess.fields,
    answersList: ofSuccess.isList,
    errors,
  };
}

/**
 * Returns the operations of an OpenAPI 3.0, 3.1 or Swagger 2 document. What the document lacks or has in another form
 * than the specifications say is left out.
 *
 * @param basePath the path of BASE_URL.
 * @see https://spec.openapis.org/oas/v3.1.1.html https://swagger.io/specification/v2/
 */
export function operationsOfOpenApi(document: unknown, basePath: string): Operation[] {
  if (!isRecord(document) || !isRecord(document.paths)) return [];
  const prefix = pathPrefix(document);
  const operations: Operation[] = [];
  for (const [path, value] of Object.entries(document.paths)) {
    const item = followed(document, value);
    for (const method of methods) {
      const operation = item[method];
      if (!isRecord(operation) || operations.length >= maxOperations) continue;
      const parameters = parametersOf(document, [item.parameters, operation.parameters]);
      operations.push({
        method: upper[method],
        path: withinBase(`${prefix}/${path.replace(/^\/+/, '')}`, basePath),
        texts: textsOf(operation.operationId, operation.summary, operation.description, ...listOf(operation.tags)),
        parameters: namedParameters(document, parameters),
        body: bodyOf(document, operation, parameters),
        ...answersOf(document, operation),
        isDeprecated: operation.deprecated === true,
      });
    }
  }
  return operations;
}

/** A way to authenticate that a document names. */
export interface DocumentedSecurity {
  readonly by: 'bearer-token' | 'api-key';
  readonly header?: string;
  /** The path of an OAuth 2 log-in by user name and password (RFC 6749, 4.3), relative to BASE_URL. */
  readonly tokenPath?: string;
}

/** Returns the path at which a scheme gives a token for a user name and a password. */
function tokenPathOf({ flow, flows, tokenUrl }: Record<string, unknown>, basePath: string): string | undefined {
  const password = isRecord(flows) ? flows.password : undefined;
  const said = isRecord(password) ? password.tokenUrl : flow === 'password' ? tokenUrl : undefined;
  if (typeof said !== 'string' || !URL.canParse(said, 'http://document')) return undefined;
  return withinBase(new URL(said, 'http://document').pathname, basePath);
}

/**
 * Returns the ways to authenticate that a document names.
 *
 * @param basePath the path of BASE_URL.
 */
export function securityOf(document: unknown, basePath: string): DocumentedSecurity[] {
  if (!isRecord(document)) return [];
  const { components, securityDefinitions } = document;
  const schemes =
    isRecord(components) && isRecord(components.securitySchemes) ? components.securitySchemes : securityDefinitions;
  if (!isRecord(schemes)) return [];
  return Object.values(schemes).flatMap((value): DocumentedSecurity[] => {
    const form = followed(document, value);
    const { type, scheme, in: place, name } = form;
    if (type === 'apiKey' && place === 'header' && typeof name === 'string') {
      return /^authorization$/i.test(name) ? [{ by: 'bearer-token' }] : [{ by: 'api-key', header: name }];
    }
    const isBearer =
      (type === 'http' && /^bearer$/i.test(String(scheme))) || type === 'oauth2' || type === 'openIdConnect';
    const tokenPath = type === 'oauth2' ? tokenPathOf(form, basePath) : undefined;
    return isBearer ? [{ by: 'bearer-token', ...(tokenPath !== undefined && { tokenPath }) }] : [];
  });
}
