import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../../../text/json.ts';
import { groupedBy } from '../../../../text/words/grouped-by.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import { oddName, productName } from '../../lines/row-lines.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted, shellWord } from '../../lines/shell-words.ts';
import { isSuccess } from '../same-answer.ts';

/** In the sentence of a finding, for each line of an order: `product 7 is called A #opl-1-2 instead of B #opl-1-3`. */
const called = /product (\S+) is called (.+?) instead of (.+?)(?=; product |\), promised )/g;

/** In the error of an assertion. */
const shownName = /^-\s+"name": ("[^\n]*"),?\n\+\s+"name": "([^\n]*)",?$/m;
const otherProduct = /Expected substring: not "([^\n]*)"\s+Received string: +"/;

const ofOwnMark = / #opl-[\w-]*$/;

/** Returns a line that looks whether an answer again has a name that no product has, as it stands in JSON. */
const wrongName = (seen: ScriptedExchange, shown: string): string[] => {
  const text = JSON.stringify(shown.replace(ofOwnMark, '')).slice(1, -1);
  if (text === '' || !seen.answer?.includes(text)) return [];
  return [`! body ${seen.place + 1} | grep -qF -- ${quoted(text)} || shows "a product's name is shown otherwise"`];
};

/** Returns the lines for names of products in an order that are not theirs. */
export function calledOtherwise(seen: ScriptedExchange, { finding, ids, evidence }: ScriptContext): string[] {
  const nameOf = new Map(evidence.before.products.map(({ productId, name }) => [String(productId), name]));
  return [...finding.sentence.matchAll(called)].flatMap(([, id = '', shown = '', name = '']) => {
    const product = ids.variable('product', id);
    if (!product || nameOf.get(id) !== name) return [];
    if (oddName(name) !== undefined) return wrongName(seen, shown);
    const own = shellWord(productName(product.variable));
    return [
      `body ${seen.place + 1} | grep -qF -- ${own} || shows "product $${product.variable} is not called by its name"`,
    ];
  });
}

/** Returns the lines for a name that is shown otherwise, or a refusal that names a product which it is not about. */
export function nameVerdict(context: ScriptContext): string[] | undefined {
  const { finding, evidence, ids } = context;
  const error = stripVTControlCharacters(finding.evidence.error);
  const [, , quotedName] = shownName.exec(error) ?? [];
  // As the error quotes it, which is as JSON does.
  const shown = quotedName === undefined ? undefined : z.string().safeParse(parseJson(`"${quotedName}"`)).data;
  const look = evidence.exchanges.findLast(
    (one) => isSuccess(one) && shown !== undefined && wrongName(one, shown).length > 0,
  );
  if (shown !== undefined && look) return wrongName(look, shown);
  const [, other] = otherProduct.exec(error) ?? [];
  const named = [...groupedBy(evidence.before.products, ({ name }) => name)].find(([name]) => name === other)?.[1];
  const product = named?.length === 1 && named[0] ? ids.variable('product', named[0].productId) : undefined;
  const refusal = evidence.exchanges.findLast((one) => !isSuccess(one) && one.answer?.includes(other ?? '\0'));
  if (!product || !refusal) return undefined;
  const name = shellWord(productName(product.variable));
  return [
    `! body ${refusal.place + 1} | grep -qF -- ${name} || shows "the refusal names product $${product.variable}, which it is not about"`,
  ];
}
