import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** What was searched, and where something was found. */
export interface Search {
  /** Files, among them those within archives. */
  files: number;
  bytes: number;
  /** Where, and in which form. */
  readonly found: string[];
}

/** Returns a text in every form in which a file may contain it: plain, escaped for JSON, HTML or URLs, or in Base64. */
const formsOf = (text: string): readonly (readonly [form: string, bytes: string])[] => {
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  // Base64 of a longer text that contains it: the part that its neighbours do not change, at each of 3 offsets.
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + text).toString('base64');
    const whole = Math.floor((offset + Buffer.byteLength(text)) / 3) * 4;
    return encoded.slice(offset === 0 ? 0 : 4, whole);
  });
  return [
    ['plain', text],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
    ['HTML', html],
    ['URL', encodeURIComponent(text)],
    ['UTF-16', Buffer.from(text, 'utf16le').toString('latin1')],
    ['hexadecimal', Buffer.from(text).toString('hex')],
    ...base64.map((bytes, offset) => [`Base64 at ${offset}`, bytes] as const),
  ];
};

const embedded = /base64,([A-Za-z0-9+/]{40,}={0,2})/g;

/** Searches all files below some folders for texts, in all forms, also within archives and embedded data. */
export function findInOutputs(folders: readonly string[], texts: readonly string[]): Search {
  const search: Search = { files: 0, bytes: 0, found: [] };
  const needles = texts.flatMap((text) => formsOf(text).map(([form, bytes]) => ({ text, form, bytes })));
  const look = (place: string, content: Buffer): void => {
    search.files += 1;
    search.bytes += content.length;
    for (const { text, form, bytes } of needles) {
      if (content.includes(bytes, 0, 'latin1')) search.found.push(`${place}: ${text} (${form})`);
    }
    if (content.subarray(0, 4).toString('latin1') === 'PK\x03\x04') {
      for (const [name, packed] of Object.entries(unzipSync(content))) look(`${place}!${name}`, Buffer.from(packed));
      return;
    }
    for (const [, data = ''] of content.toString('latin1').matchAll(embedded)) {
      look(`${place}!data`, Buffer.from(data, 'base64'));
    }
  };
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile()) look(file, readFileSync(file));
    }
  }
  return search;
}
