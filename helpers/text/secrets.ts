const mask = '(hidden)';

// A shorter one occurs in ordinary texts too, where hiding it would change their meaning and reveal the secret.
const minSecretLength = (secret: string): number => (/^\d+$/.test(secret) ? 12 : 6);

/** Returns a secret as it is and as it appears in JSON, in a URL, in HTML and in Base64. */
const formsOf = (secret: string): string[] => {
  if (secret.length < minSecretLength(secret)) return [];
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(Buffer.from(secret).toString()),
    escaped,
    escaped.replaceAll('"', '&quot;'),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
  // The longest first, or a part of it would be left.
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
};

const known = new Map<string, readonly string[]>();
const remembered = new Map<string, readonly string[]>();
const maxRemembered = 10_000;

/** Returns the forms of a secret that every request of a user carries; they are cached. */
const rememberedForms = (secret: string): readonly string[] => {
  const forms = remembered.get(secret) ?? formsOf(secret);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(secret, forms);
  return forms;
};

/** Hides these texts from all output from now on. */
export function keepSecret(secrets: readonly (string | undefined)[]): void {
  for (const secret of secrets) if (secret) known.set(secret, formsOf(secret));
}

/**
 * Returns a text without the secrets that {@link keepSecret} has registered, and without further ones.
 *
 * A secret of less than six characters (a number: twelve) is not looked for.
 */
export function withoutSecrets(text: string, further: readonly string[] = []): string {
  let shown = text;
  for (const forms of [...known.values(), ...further.map(rememberedForms)]) {
    for (const form of forms) if (shown.includes(form)) shown = shown.replaceAll(form, mask);
  }
  return shown;
}
