/** Why a line of a draft says what it says. */
export class Grounds {
  readonly #grounds = new Map<string, string>();

  /** Notes the ground of a property, and forgets those within it. @example note(['endpoints', 'pay', 'success'], 'seen') */
  note(property: readonly string[], ground: string): void {
    const path = property.join('.');
    for (const known of this.#grounds.keys()) if (known.startsWith(`${path}.`)) this.#grounds.delete(known);
    this.#grounds.set(path, ground);
  }

  /** Returns the ground of exactly this property. */
  of(property: readonly string[]): string | undefined {
    return this.#grounds.get(property.join('.'));
  }

  /** Returns the grounds of all properties, by their dotted paths. */
  all(): ReadonlyMap<string, string> {
    return this.#grounds;
  }

  copy(): Grounds {
    const copy = new Grounds();
    for (const [path, ground] of this.#grounds) copy.#grounds.set(path, ground);
    return copy;
  }
}

/** The ground of what a document says. */
export const fromDocument = 'from the document';

/** The ground of what a recorded session shows. */
export const fromRecording = 'from the recording';

/** The ground of what usual paths answered. */
export const fromProbes = 'answered a GET';

/** Returns the ground of what nothing showed. */
export const assumed = (why = 'nothing showed it'): string => `assumed: ${why}`;

/** The ground of the form of a refusal that nothing was answered with: the call failed, or was a success. */
export const unseenRefusal = assumed('no such refusal was seen');
