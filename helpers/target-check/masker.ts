/** Takes secrets out of texts: those that the settings hold, and those that the target hands out. */
export class Masker {
  readonly #secrets = new Set<string>();

  constructor(secrets: Iterable<string | undefined>) {
    for (const secret of secrets) this.add(secret);
  }

  /** Adds a secret in the forms in which it may turn up. */
  add(secret: string | undefined): void {
    if (!secret) return;
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      this.#secrets.add(form);
  }

  mask(text: string): string {
    // The longest first, so that no rest of a secret is left that begins with another.
    const longestFirst = [...this.#secrets].toSorted((one, other) => other.length - one.length);
    return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '(hidden)'), text);
  }
}
