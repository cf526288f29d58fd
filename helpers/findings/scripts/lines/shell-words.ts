/** A text in which shell variables stand: pieces as they are, and names of variables. */
export type Template = readonly (string | Variable)[];

/** A variable of a script. */
export interface Variable {
  readonly variable: string;
}

/** Characters that a reader of the script would not see, or that would change how it is read. */
const unseen = /[^\P{C}]|[^\P{Z} ]/gu;

const bytesOf = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

/** Returns a text as one word of bash that means nothing but itself. */
export function quoted(text: string): string {
  if (!unseen.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text.replaceAll(/[\\']/g, '\\$&');
  return `$'${escaped.replaceAll(unseen, bytesOf)}'`;
}

/** Returns a template as one word of bash. */
export function shellWord(template: Template): string {
  const word = joined(template)
    .map((part) => (typeof part === 'string' ? quoted(part) : `"$${part.variable}"`))
    .join('');
  return word === '' ? "''" : word;
}

/** Returns a template whose texts are as long as they can be. */
function joined(template: Template): Template {
  const parts: (string | Variable)[] = [];
  for (const part of template) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts.splice(-1, 1, last + part);
    else if (part !== '') parts.push(part);
  }
  return parts;
}

/** Makes a template: what is filled in are texts, variables or templates. */
export function template(texts: TemplateStringsArray, ...values: readonly (string | Variable | Template)[]): Template {
  return texts.flatMap((text, place) => {
    const value = values[place];
    if (value === undefined) return [text];
    return typeof value === 'string' || 'variable' in value ? [text, value] : [text, ...value];
  });
}

/** Returns templates one after the other, with a text between them. */
export const joinedBy = (between: string, templates: readonly Template[]): Template =>
  templates.flatMap((one, place) => (place === 0 ? one : [between, ...one]));

/** Returns a comment of one line that ends where the line ends. */
export const comment = (text: string): string => `# ${text.replaceAll(/\s+/g, ' ').replaceAll(unseen, '').trim()}`;
