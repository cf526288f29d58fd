/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A field of a request body: left out when `undefined`, and free to be wrong on purpose. */
export type Field = Json | undefined;

/** Parses a text; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns whether a value is an object with named members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isIndex = /^\d+$/;

const itemAt = (list: readonly unknown[], index: number): unknown => list[index];

/**
 * Returns a reader of the value at a dotted path such as `data.order.id` or `errors.0.code`; it reads `undefined` where nothing is there.
 */
export function readerAt(path: string): (json: unknown) => unknown {
  const names = path.split('.');
  return (json) => {
    let value = json;
    for (const name of names) {
      if (isRecord(value) && Object.hasOwn(value, name)) value = value[name];
      else if (Array.isArray(value) && isIndex.test(name)) value = itemAt(value, Number(name));
      else return undefined;
    }
    return value;
  };
}

/** Returns the value at a dotted path such as `data.order.id`; `undefined` where nothing is there. */
export function valueAt(json: unknown, path: string): unknown {
  return readerAt(path)(json);
}

/** Returns an idempotency key as a text to compare it by; a number equals its text, as it does for lenient readers. */
export function comparableKey(key: unknown): string {
  return JSON.stringify(typeof key === 'number' ? String(key) : key);
}
