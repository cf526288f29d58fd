/** The names that lead to a property of a profile. @example ['endpoints', 'pay', 'success'] */
export type PropertyPath = readonly string[];

/** What a profile should say instead; an `undefined` value means that the property is to be left out. */
export interface Correction {
  readonly property: PropertyPath;
  readonly value: unknown;
}

/** One thing in which profile and target do not fit. */
export interface Misfit {
  /** What was seen. @example 'the answer has `id`, not `orderId`' */
  readonly problem: string;
  /** What of the profile governs it; none where a setting or the target itself is to blame. */
  readonly property?: PropertyPath;
  /** What to do about it. @example "say orderId: 'id'" */
  readonly suggestion: string;
  /** The suggestion as a value, where it is sure enough to go on with. */
  readonly correction?: Correction;
}

/** A misfit that is cured by another value of the property that governs it. */
export function misfitOf(problem: string, property: PropertyPath, value: unknown): Misfit {
  const correction = { property, value };
  return { problem, property, suggestion: describeCorrection(correction), correction };
}

/** A correction as what to type. @example "say orderId: 'data.id'" */
export function describeCorrection({ property, value }: Correction): string {
  const name = property.at(-1) ?? '';
  return value === undefined ? `leave out ${name}` : `say ${nameText(name)}: ${literal(value)}`;
}

const isWord = /^[A-Za-z_$][\w$]*$/;

const nameText = (name: string): string => (isWord.test(name) ? name : literal(name));

/** A value as TypeScript source on one line, in single quotes. */
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
