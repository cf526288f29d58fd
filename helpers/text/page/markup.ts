import { printableLines } from '../printable.ts';

/** HTML that is safe to put into a page: all text in it is escaped. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** Content of a piece of markup: text, which is escaped, or markup; nothing of `undefined`. */
export type Content = Markup | string | number | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text as HTML, in an element or a quoted attribute; without control characters, its lines kept. */
function escapeHtml(text: string): string {
  return printableLines(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

const rendered = (content: Content): string => {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.html;
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  return content.map(rendered).join('');
};

/** Tags a template as markup: its own text is HTML, everything put into it is escaped unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + rendered(contents[index])).join(''));
}
