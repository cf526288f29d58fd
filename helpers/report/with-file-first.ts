import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { z } from 'zod';
import { parseJson } from '../text/json.ts';

const dataPattern =
  /(<template id="playwrightReportBase64">data:application\/zip;base64,)([A-Za-z0-9+/=]+)(?=<\/template>)/;

const listSchema = z.looseObject({ files: z.array(z.looseObject({ fileName: z.string() })) });

/** The part of the report's data that lists its files. */
const listName = 'report.json';

/**
 * Returns Playwright's HTML report with the tests of one file before those of all others; undefined where it has none of
 * that file, or is written in another way. Playwright itself sorts files by the number of their failed tests.
 */
export function withFileFirst(html: string, isFirst: (fileName: string) => boolean): string | undefined {
  const [, , data] = dataPattern.exec(html) ?? [];
  if (data === undefined) return undefined;
  const parts = unzipSync(Buffer.from(data, 'base64'));
  const list = listSchema.safeParse(parseJson(strFromU8(parts[listName] ?? new Uint8Array()))).data;
  const first = list?.files.find(({ fileName }) => isFirst(fileName));
  if (!list || !first) return undefined;
  const files = [first, ...list.files.filter((file) => file !== first)];
  const sorted = zipSync({ ...parts, [listName]: strToU8(JSON.stringify({ ...list, files })) });
  return html.replace(dataPattern, (_all, start: string) => start + Buffer.from(sorted).toString('base64'));
}
