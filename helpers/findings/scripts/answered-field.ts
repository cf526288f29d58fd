/**
 * Returns the text of an answer's field as the script's `field` reads it: after the names of its path, one after the
 * other, wherever they stand first.
 *
 * @returns undefined where a name is missing
 */
export function answeredField(answer: string, path: string): string | undefined {
  let text = answer;
  for (const name of path.split('.')) {
    const at = text.indexOf(`"${name}"`);
    if (at < 0) return undefined;
    text = text.slice(at + name.length + 2);
  }
  const value = text.replace(/^\s*:?\s*/, '');
  return value.startsWith('"') ? value.slice(1).replace(/".*$/s, '') : value.replace(/[\s,}\]].*$/s, '');
}
