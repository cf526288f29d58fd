import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { reference } from '../../profile/targets/reference.ts';
import { literal } from '../../target-check/judge/misfit.ts';
import { groupedBy } from '../../text/words/grouped-by.ts';
import { isRecord } from '../../text/json.ts';
import { projectFolder } from '../../text/project-folder.ts';
import type { Draft } from '../draft-profile.ts';
import { assumed } from '../match/grounds.ts';

/** The parts of the reference that a profile's file takes out of it by name. */
const parts = ['endpoints', 'policies', 'refusals', 'tables'] as const;

const word = /^[A-Za-z_$][\w$]*$/;
const nameText = (name: string): string => (word.test(name) ? name : literal(name));

const has = (value: Readonly<Record<string, unknown>>): [name: string, inner: unknown][] =>
  Object.entries(value).filter(([, inner]) => inner !== undefined);

// A comment ends with its line.
const commentText = (ground: string): string => ground.replaceAll(/\s+/g, ' ').slice(0, 100);

interface Printing {
  readonly grounds: ReadonlyMap<string, string>;
  /** Names of the reference's parts that the text refers to. */
  readonly used: Set<string>;
}

/** Returns members as the source of an object, on several lines only where comments need them. */
function braced(members: readonly string[]): string {
  const text = members.join('');
  return text.includes('//') ? `{\n${text}}` : `{ ${text.replaceAll('\n', ' ')}}`;
}

/** Returns a property as source, with its ground. */
function member(name: string, text: string, path: string, { grounds }: Printing): string {
  const ground = grounds.get(path);
  if (ground === undefined) return `${nameText(name)}: ${text},\n`;
  const comment = `// ${commentText(ground)}`;
  return text.startsWith('{')
    ? `${comment}\n${nameText(name)}: ${text},\n`
    : `${nameText(name)}: ${text}, ${comment}\n`;
}

/** Returns the members of a value, in the order in which the reference has them. */
function ordered(value: Readonly<Record<string, unknown>>, usual: unknown): [name: string, inner: unknown][] {
  const names = isRecord(usual) ? Object.keys(usual) : [];
  const place = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return has(value).toSorted(([one], [other]) => place(one) - place(other));
}

/** Returns a value as source, its members with their grounds. */
function whole(value: unknown, usual: unknown, path: string, printing: Printing): string {
  if (!isRecord(value)) {
    if (!Array.isArray(value)) return literal(value);
    return `[${value.map((one: unknown) => whole(one, undefined, path, printing)).join(', ')}]`;
  }
  if (typeof value.notOffered === 'string') {
    printing.used.add('notOffered');
    return `notOffered(${literal(value.notOffered)})`;
  }
  const members = ordered(value, usual).map(([name, inner]) => {
    const at = `${path}.${name}`;
    return member(name, whole(inner, isRecord(usual) ? usual[name] : undefined, at, printing), at, printing);
  });
  return braced(members);
}

/** Returns whether a value is as in the reference for a reason that its reader has to judge, and not for want of a better one. */
const isDoubted = (path: string, { grounds }: Printing): boolean => {
  const ground = grounds.get(path);
  return ground !== undefined && ground.startsWith('assumed: ') && ground !== assumed();
};

/** Returns whether a value is to be written: it differs from the reference, or a value within it has to be judged. */
const isToBeWritten = (value: unknown, usual: unknown, path: string, printing: Printing): boolean =>
  !isDeepStrictEqual(value, usual) ||
  (isRecord(value)
    ? has(value).some(([name, inner]) => isToBeWritten(inner, inner, `${path}.${name}`, printing))
    : isDoubted(path, printing));

/** Objects that are no longer than this are never spread: that would hide more than it saves. */
const maxSmall = 3;

/** Returns a value as source: only what differs from the reference, where that is shorter. */
function difference(value: unknown, usual: unknown, path: string, name: string, printing: Printing): string {
  if (!isRecord(value) || !isRecord(usual) || 'notOffered' in value) return whole(value, usual, path, printing);
  const all = ordered(value, usual);
  const changed = all.filter(([key, inner]) => isToBeWritten(inner, usual[key], `${path}.${key}`, printing));
  const isLeft = has(usual).every(([key]) => value[key] !== undefined);
  const isWorthIt = all.length > maxSmall && changed.length * 2 <= all.length;
  // The parts are spread in any case: what they are made of may still be as in the reference.
  const isPart = !path.includes('.') && all.length > maxSmall;
  if (!isLeft || !(isWorthIt || isPart)) return whole(value, usual, path, printing);
  const isSpread = changed.length < all.length;
  if (isSpread) printing.used.add(name.split('.')[0] ?? '');
  const members = changed.map(([key, inner]) => {
    const at = `${path}.${key}`;
    const accessor = word.test(key) ? `.${key}` : `[${literal(key)}]`;
    return member(key, difference(inner, usual[key], at, `${name}${accessor}`, printing), at, printing);
  });
  return braced([...(isSpread ? [`...${name},\n`] : []), ...members]);
}

/** Returns grounds of which those that all members of a part share stand at the part. */
function gathered(grounds: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const all = new Map(grounds);
  for (const part of ['endpoints', 'refusals', 'tables']) {
    const own = [...all].filter(([path]) => path.startsWith(`${part}.`) && path.split('.').length === 2);
    const counts = groupedBy(own, ([, ground]) => ground);
    const [most] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
    if (!most || most[1].length < 2) continue;
    for (const [path] of most[1]) all.delete(path);
    all.set(part, most[0]);
  }
  return all;
}

/**
 * Returns the source of a profile's file: only what differs from the reference, each line with its ground where that is
 * not the document.
 *
 * @param origin a sentence on where it comes from, for the docstring.
 * @param folder the folder that the file is for.
 */
export async function profileText(
  { profile, grounds }: Draft,
  { origin, folder }: { readonly origin: string; readonly folder: string },
): Promise<string> {
  const from = (file: string): string => {
    const relative = path.relative(folder, path.join(projectFolder, 'helpers', 'profile', file)).replaceAll('\\', '/');
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  const printing: Printing = { grounds: gathered(grounds.all()), used: new Set() };
  const members = Object.entries<unknown>({ ...profile }).flatMap(([name, value]): string[] => {
    const usual: unknown = Reflect.get(reference, name);
    if (name === 'name' || value === undefined || !isToBeWritten(value, usual, name, printing)) return [];
    const spoken = parts.some((part) => part === name) ? name : `reference.${name}`;
    return [member(name, difference(value, usual, name, spoken, printing), name, printing)];
  });
  const named = parts.filter((part) => printing.used.has(part));
  const text = [
    printing.used.has('notOffered') ? `import { notOffered } from '${from('endpoint-forms.ts')}';\n` : '',
    `import { defineTarget } from '${from('target-profile.ts')}';\n`,
    `import { reference } from '${from('targets/reference.ts')}';\n\n`,
    named.length > 0 ? `const { ${named.join(', ')} } = reference;\n\n` : '',
    `/** ${origin.replaceAll('*/', '* /')} What is not said here is as in reference.ts. */\n`,
    `export default defineTarget({\n...reference,\nname: ${literal(profile.name)},\n${members.join('')}});\n`,
  ].join('');
  const config = await resolveConfig(`${projectFolder}/profile.ts`, { editorconfig: true });
  return format(text, { ...config, parser: 'typescript' });
}

/** Returns the lines of a text. */
export const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** Returns the dotted paths of all properties that are assumed, with the reasons. */
export function assumptions({ grounds, profile }: Draft): { property: string; why: string; value: unknown }[] {
  return [...grounds.all()].flatMap(([property, ground]) => {
    if (!ground.startsWith('assumed')) return [];
    const value = property
      .split('.')
      .reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), asRecord(profile));
    return [{ property, why: ground.replace(/^assumed: /, ''), value }];
  });
}

const asRecord = (profile: TargetProfile): Readonly<Record<string, unknown>> => ({ ...profile });
