/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A field of a request body: left out when `undefined`, and free to be wrong on purpose. */
export type Field = Json | undefined;

/** Parses a text that may not be JSON at all; `undefined` then. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with named members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the value at a dotted path such as `data.order.id`; `undefined` where the path leads nowhere. */
export function readerAt(path: string): (json: unknown) => unknown {
  const names = path.split('.');
  return (json) => {
    let value = json;
    for (const name of names) {
      if (!isRecord(value) || !Object.hasOwn(value, name)) return undefined;
      value = value[name];
    }
    return value;
  };
}

/** The value at a dotted path such as `data.order.id`; `undefined` where the path leads nowhere. */
export function valueAt(json: unknown, path: string): unknown {
  return readerAt(path)(json);
}

/** A key in words by which keys are told apart; a number is one with its text, which lenient readers take it for. */
export function comparableKey(key: unknown): string {
  return JSON.stringify(typeof key === 'number' ? String(key) : key);
}
