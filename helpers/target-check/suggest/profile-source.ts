import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { PropertyPath } from '../judge/misfit.ts';
import { unwrapped } from './unwrapped.ts';

/** A place in the source of a profile. */
export interface SourcePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The source there: the whole property if it is on one line, else its first line. */
  readonly text: string;
  /** Number of names of the property's path that were found; fewer than all where the profile lacks the property. */
  readonly found: number;
}

interface Found {
  readonly node: ts.Node;
  readonly source: ts.SourceFile;
  /** Number of names of the path that were not found. */
  readonly left: number;
}

/** An expression, or the value in it under some names. */
interface Expression {
  readonly expression: ts.Expression;
  readonly source: ts.SourceFile;
  readonly names?: PropertyPath;
}

/** Ends the search in a profile that refers to itself. */
const maxSteps = 100;

/**
 * The source of a profile's file and of the files that it imports: variables, imported profiles, and parts that are
 * spread or destructured from them (`...reference.endpoints`) are followed.
 */
export class ProfileSource {
  /** The profile's own file. */
  readonly file: string;
  readonly #sources = new Map<string, ts.SourceFile>();
  #steps = 0;

  /** @param file the path of the profile that `TARGET` names. */
  constructor(file: string) {
    this.file = file;
  }

  /** Finds a property, or else the nearest enclosing one; `undefined` for a file without a profile. */
  find(property: PropertyPath): SourcePlace | undefined {
    this.#steps = 0;
    const profile = this.#exported(this.file, 'default');
    const found = profile && this.#follow(profile, property);
    if (!found) return undefined;
    const { node, source, left } = found;
    const start = node.getStart(source);
    const lines = node.getText(source).split('\n');
    const text = lines.length === 1 ? node.getText(source) : (lines[0] ?? '').trim();
    return {
      file: source.fileName,
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      text,
      found: property.length - left,
    };
  }

  #source(file: string): ts.SourceFile {
    const known = this.#sources.get(file);
    if (known) return known;
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
    this.#sources.set(file, source);
    return source;
  }

  #exported(file: string, name: string): Expression | undefined {
    const source = this.#source(file);
    if (name !== 'default') return this.#variable(source, name);
    const statement = source.statements.find((one) => ts.isExportAssignment(one));
    return statement && { expression: statement.expression, source };
  }

  /** Returns the value of a name in a file: of a variable of its own or of an imported one. */
  #variable(source: ts.SourceFile, name: string): Expression | undefined {
    for (const statement of source.statements) {
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations) {
          const names = namesBound(declaration.name, name);
          if (names && declaration.initializer) return { expression: declaration.initializer, source, names };
        }
      }
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const exportedName = nameInModule(statement.importClause, name);
      const module = statement.moduleSpecifier.text;
      if (exportedName === undefined || !module.startsWith('.')) continue;
      return this.#exported(path.resolve(path.dirname(source.fileName), module), exportedName);
    }
    return undefined;
  }

  #follow({ expression: whole, source, names = [] }: Expression, wanted: PropertyPath): Found | undefined {
    const property = [...names, ...wanted];
    const found = this.#within(whole, source, property);
    // A match that ends within the names is none.
    return found && found.left <= wanted.length ? found : undefined;
  }

  #within(whole: ts.Expression, source: ts.SourceFile, property: PropertyPath): Found | undefined {
    if ((this.#steps += 1) > maxSteps) return undefined;
    const expression = unwrapped(whole);
    const here = { node: expression, source, left: property.length };
    const follow = (inner: ts.Expression, wanted = property) => this.#follow({ expression: inner, source }, wanted);
    const [head, ...rest] = property;
    if (ts.isIdentifier(expression)) {
      const variable = this.#variable(source, expression.text);
      return variable && this.#follow(variable, property);
    }
    if (ts.isPropertyAccessExpression(expression)) {
      return this.#follow({ expression: expression.expression, source, names: [expression.name.text] }, property);
    }
    if (head === undefined) return here;
    if (ts.isBinaryExpression(expression)) return follow(expression.right);
    if (ts.isConditionalExpression(expression)) {
      return better(follow(expression.whenTrue), follow(expression.whenFalse));
    }
    if (ts.isArrayLiteralExpression(expression)) {
      const element = expression.elements[Number(head)];
      return element ? (follow(element, rest) ?? { node: element, source, left: rest.length }) : here;
    }
    return ts.isObjectLiteralExpression(expression) ? this.#member(expression, source, property) : here;
  }

  #member(object: ts.ObjectLiteralExpression, source: ts.SourceFile, property: PropertyPath): Found {
    const [head, ...rest] = property;
    // Later members win.
    for (const member of object.properties.toReversed()) {
      if (ts.isSpreadAssignment(member)) {
        const found = this.#follow({ expression: member.expression, source }, property);
        if (found && found.left < property.length) return found;
        continue;
      }
      if (nameOf(member.name) !== head) continue;
      const here = { node: member, source, left: rest.length };
      const value = ts.isPropertyAssignment(member)
        ? member.initializer
        : ts.isShorthandPropertyAssignment(member)
          ? member.name
          : undefined;
      const deeper = rest.length > 0 && value ? this.#follow({ expression: value, source }, rest) : undefined;
      return deeper && deeper.left < rest.length ? deeper : here;
    }
    return { node: object, source, left: property.length };
  }
}

/**
 * Returns the path in a variable's initializer of the value that it binds to a name: `const { endpoints } = reference`.
 */
const namesBound = (binding: ts.BindingName, name: string): PropertyPath | undefined => {
  if (ts.isIdentifier(binding)) return binding.text === name ? [] : undefined;
  if (!ts.isObjectBindingPattern(binding)) return undefined;
  for (const element of binding.elements) {
    const inner = namesBound(element.name, name);
    const own = element.propertyName ?? element.name;
    const outer = ts.isIdentifier(own) || ts.isStringLiteralLike(own) ? own.text : undefined;
    if (inner && outer !== undefined && !element.dotDotDotToken) return [outer, ...inner];
  }
  return undefined;
};

const better = (one: Found | undefined, other: Found | undefined): Found | undefined =>
  one && other && other.left < one.left ? other : (one ?? other);

const nameOf = (name: ts.PropertyName): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : undefined;

const nameInModule = (clause: ts.ImportClause | undefined, name: string): string | undefined => {
  if (clause?.name?.text === name) return 'default';
  const bindings = clause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return undefined;
  const specifier = bindings.elements.find((element) => element.name.text === name);
  return specifier && (specifier.propertyName ?? specifier.name).text;
};
