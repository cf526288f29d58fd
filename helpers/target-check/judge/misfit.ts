/** The names that lead to a property of a profile. @example ['endpoints', 'pay', 'success'] */
export type PropertyPath = readonly string[];

/** The right value of a profile's property; `undefined` means that the property is to be left out. */
export interface Correction {
  readonly property: PropertyPath;
  readonly value: unknown;
}

/** A difference between profile and target. */
export interface Misfit {
  /** The observation. @example 'the answer has `id`, not `orderId`' */
  readonly problem: string;
  /** The property of the profile to change; none where a setting or the target itself is wrong. */
  readonly property?: PropertyPath;
  /** The advice. @example "say orderId: 'id'" */
  readonly suggestion: string;
  /** The suggestion as a value, where it is certain enough to continue with. */
  readonly correction?: Correction;
}

/** Returns a misfit that another value of its property fixes. */
export function misfitOf(problem: string, property: PropertyPath, value: unknown): Misfit {
  const correction = { property, value };
  return { problem, property, suggestion: describeCorrection(correction), correction };
}

/** Describes a correction. @example "say orderId: 'data.id'" */
export function describeCorrection({ property, value }: Correction): string {
  const name = property.at(-1) ?? '';
  return value === undefined ? `leave out ${name}` : `say ${nameText(name)}: ${literal(value)}`;
}

const isWord = /^[A-Za-z_$][\w$]*$/;

const nameText = (name: string): string => (isWord.test(name) ? name : literal(name));

/** Returns a value as TypeScript source on one line, in single quotes. */
export function literal(value: unknown): string {
  if (typeof value === 'string') {
    const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    return `'${inner}'`;
  }
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, inner]) => `${nameText(name)}: ${literal(inner)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return String(value);
}
