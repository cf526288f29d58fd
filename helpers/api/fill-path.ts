import { shownBody } from './answers/exchange.ts';
import { isPathSegment } from './path-segment.ts';
import type { Field } from '../text/json.ts';
import { UserError } from '../text/user-error.ts';

const placeholder = /\{(\w+)\}/g;

/**
 * Returns a path with the values of its `{placeholders}`, each as one segment.
 *
 * @throws UserError for a value that would change the path.
 */
export const fillPath = (path: string, parameters: Readonly<Record<string, Field>>): string =>
  path.includes('{') ? path.replace(placeholder, (_, name: string) => segmentOf(parameters[name])) : path;

const textOf = (value: Field): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

const segmentOf = (value: Field): string => {
  const text = textOf(value);
  if (text === '' || isPathSegment(text)) return encodeURIComponent(text);
  throw new UserError(
    `The id ${shownBody(JSON.stringify(text), 100)} would change the path of the request, so it was not sent.`,
  );
};
