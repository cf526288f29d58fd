/** What only a shell would understand, as a word of its own: nothing here is run by one. */
const shellOnly = /^(\|\|?|&&?|;|\d?[<>]{1,2}.*)$/;

/**
 * Splits a command into its program and arguments. Words are separated by white space; text in single or double quotes
 * belongs to a word as it is, without the quotes. There are no escapes, variables or patterns.
 *
 * @example commandWords(`docker kill "my shop"`) // ['docker', 'kill', 'my shop']
 * @returns undefined where a quote is not closed, there is no word, or one of them is a shell's alone, such as `&&`.
 */
export function commandWords(command: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = command.trim();
  while (rest !== '') {
    const [word = ''] = /^(?:"[^"]*"|'[^']*'|[^\s"'])+/.exec(rest) ?? [];
    rest = rest.slice(word.length);
    if (word === '' || (rest !== '' && !/^\s/.test(rest)) || shellOnly.test(word)) return undefined;
    words.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    rest = rest.trimStart();
  }
  return words.length === 0 || words[0] === '' ? undefined : words;
}
