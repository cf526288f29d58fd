import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import { parseJson, valueAt } from '../../text/json.ts';
import { parseInstant, isPlausibleInstant } from '../../text/instants.ts';
import { errorText } from '../../refusals/error-text.ts';
import { errorPaths, type ErrorForm, type TargetProfile } from '../../profile/target-profile.ts';

const isShown = (said: unknown): boolean => /\S/.test(errorText(said) ?? '');

// A day and a time of day, in a country's own order or one after the other: [2026, 1, 31, 12, 0].
const shownInstant = z.union([
  z
    .string()
    .refine((text) => (Number.isNaN(parseInstant(text)) ? /(?:\d\D*){8}/.test(text) : isPlausibleInstant(text))),
  z.number(),
  z.array(z.number()).min(1),
]);

// A time may be a list of numbers.
const textOf = (value: unknown): string => errorText(value) ?? (Array.isArray(value) ? value.map(String).join() : '');

/** Returns the texts of an error in the fields that the profile names. */
export function errorTextsOf({ response }: Pick<Exchange, 'response'>, { errors }: TargetProfile): string[] {
  const json = parseJson(response?.body ?? '');
  return Object.values(errors)
    .flatMap((paths: ErrorForm['message']) => [...errorPaths(paths)])
    .map((path) => textOf(valueAt(json, path)));
}

const errorInstant = z.union([z.string(), z.number()]).optional().catch(undefined);

/** Returns the time of an error; undefined where it is neither a text nor a number. */
export function errorInstantOf(
  { response }: Pick<Exchange, 'response'>,
  { errors: { timestamp: path } }: TargetProfile,
): string | number | undefined {
  return path === undefined ? undefined : errorInstant.parse(valueAt(parseJson(response?.body ?? ''), path));
}

/** Returns a text without the names of people, which may be in another language. */
export function withoutNames(text: string, people: readonly { readonly name: string }[]): string {
  return people.reduce((rest, { name }) => rest.replaceAll(name, ''), text);
}

/** Returns the fields of the profile's error form that an answer lacks. */
export function missingErrorFields({ response }: Pick<Exchange, 'response'>, { errors }: TargetProfile): string[] {
  const json = parseJson(response?.body ?? '');
  return Object.entries(errors).flatMap(([name, form]: [string, ErrorForm['message']]) => {
    const paths = errorPaths(form);
    const [path] = paths;
    if (path === undefined) return [];
    if (name !== 'timestamp') return paths.some((one) => isShown(valueAt(json, one))) ? [] : [paths.join('` or `')];
    const said = valueAt(json, path);
    if (shownInstant.safeParse(said).success) return [];
    return [isShown(said) ? `${path} that is a time` : path];
  });
}
