import ts from 'typescript';
import { literal, type Correction } from '../judge/misfit.ts';
import { unwrapped } from '../suggest/unwrapped.ts';

/** A change of a text: what stands from `start` to `end` becomes `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const word = /^[A-Za-z_$][\w$]*$/;
const nameText = (name: string): string => (word.test(name) ? name : literal(name));
const memberOf = (expression: string, name: string): string =>
  `${expression}${word.test(name) ? `.${name}` : `[${literal(name)}]`}`;

/** Returns the object that a profile's file exports by default. */
function exportedObject(source: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  const exported = source.statements.find((one) => ts.isExportAssignment(one));
  let expression = exported && unwrapped(exported.expression);
  if (expression && ts.isIdentifier(expression)) {
    const { text } = expression;
    const declarations = source.statements.flatMap((one) =>
      ts.isVariableStatement(one) ? [...one.declarationList.declarations] : [],
    );
    const declared = declarations.find(({ name }) => ts.isIdentifier(name) && name.text === text)?.initializer;
    expression = declared && unwrapped(declared);
  }
  return expression && ts.isObjectLiteralExpression(expression) ? expression : undefined;
}

const nameOf = ({ name }: ts.ObjectLiteralElementLike): string | undefined =>
  name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : undefined;

/** Returns the source of a value that differs from another one in a deeper property. */
function overriding(expression: string | undefined, path: readonly string[], value: unknown): string {
  const [head, ...rest] = path;
  if (head === undefined) return literal(value);
  const spread = expression === undefined ? '' : `...${expression}, `;
  const inner = expression === undefined || rest.length === 0 ? undefined : memberOf(expression, head);
  return `{ ${spread}${nameText(head)}: ${overriding(inner, rest, value)} }`;
}

/** Returns the edit that gives a property of an object another value, or takes it away; undefined where there is none. */
function editOf(object: ts.ObjectLiteralExpression, path: readonly string[], value: unknown): Edit | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return undefined;
  const spread = object.properties.findLast((one) => ts.isSpreadAssignment(one));
  const member = object.properties.findLast((one) => nameOf(one) === head);
  if (!member) {
    const base = spread && memberOf(spread.expression.getText(), head);
    const text = `${nameText(head)}: ${rest.length === 0 ? literal(value) : overriding(base, rest, value)}`;
    const last = object.properties.at(-1);
    const isEnded = object.properties.hasTrailingComma;
    const at = object.properties.end;
    return { start: at, end: at, text: `${last && !isEnded ? ', ' : ' '}${text}, ` };
  }
  const [start, end] = [member.getStart(), member.getEnd()];
  if (rest.length === 0) {
    if (value === undefined && !spread) return { start, end, text: '' };
    return { start, end, text: `${nameText(head)}: ${literal(value)}` };
  }
  if (ts.isShorthandPropertyAssignment(member)) {
    return { start, end, text: `${head}: ${overriding(head, rest, value)}` };
  }
  if (!ts.isPropertyAssignment(member)) return undefined;
  const inner = unwrapped(member.initializer);
  if (ts.isObjectLiteralExpression(inner)) return editOf(inner, rest, value);
  const [index, ...deeper] = rest;
  if (ts.isArrayLiteralExpression(inner)) {
    const element = inner.elements[Number(index)];
    const object = element && unwrapped(element);
    return object && ts.isObjectLiteralExpression(object) ? editOf(object, deeper, value) : undefined;
  }
  return {
    start: member.initializer.getStart(),
    end: member.initializer.getEnd(),
    text: overriding(member.initializer.getText(), rest, value),
  };
}

/**
 * Returns the source of a profile with a correction: a small edit of the value that it names. Values that come from
 * another profile, or that several properties share, are overridden and not changed.
 *
 * @returns undefined where the source is of a form in which the property cannot be set.
 */
export function editProfile(text: string, { property, value }: Correction): string | undefined {
  const source = ts.createSourceFile('profile.ts', text, ts.ScriptTarget.ES2023, true);
  const object = exportedObject(source);
  const edit = object && editOf(object, property, value);
  if (!edit) return undefined;
  // A member that was taken away leaves its comma.
  const end = edit.text === '' ? edit.end + (/^\s*,/.exec(text.slice(edit.end))?.[0].length ?? 0) : edit.end;
  return `${text.slice(0, edit.start)}${edit.text}${text.slice(end)}`;
}
