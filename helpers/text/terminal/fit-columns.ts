import { printable } from '../printable.ts';

/** What a terminal shows in two columns: East Asian characters and most pictures. */
const wide =
  /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Emoji_Presentation}|[\u3000-\u303f\uff01-\uff60]/u;
/** What adds nothing to the width: accents that are put on the character before. */
const combining = /\p{Mn}/u;

const widthOf = (character: string): number => (combining.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** Returns how many columns of a terminal a printable text takes. */
const columnsOf = (text: string): number =>
  Array.from(text).reduce((columns, character) => columns + widthOf(character), 0);

const firstColumns = (text: string, columns: number): string => {
  let left = columns;
  let begun = '';
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    begun += character;
  }
  return begun;
};

/** Returns a text of unknown origin as one line of at most that many columns of a terminal, its end left out. */
export function fitColumns(text: string, columns: number): string {
  const line = printable(text).trim();
  return columnsOf(line) <= columns ? line : `${firstColumns(line, columns - 1).trimEnd()}…`;
}

/** Returns a text of unknown origin broken into lines of at most that many columns; what does not fit is left out. */
export function foldColumns(text: string, columns: number, maxLines: number): string[] {
  const lines: string[] = [];
  let rest = printable(text).trim();
  while (rest !== '' && lines.length < maxLines - 1 && columnsOf(rest) > columns) {
    const begun = firstColumns(rest, columns + 1);
    const space = begun.lastIndexOf(' ');
    const line = space > 0 ? begun.slice(0, space) : firstColumns(rest, columns);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return rest === '' ? lines : [...lines, fitColumns(rest, columns)];
}
