import type { ScriptContext } from '../../script-context.ts';
import { isSuccess } from '../same-answer.ts';

/** In the sentence of a finding, for each request that names an id which is none: `"getOrder of 6abc: 200"`. */
const accepted = /"(\w+) of ([^\s":]+): 2\d\d"/g;

/** Returns the lines for requests about ids that are none, which succeeded. */
export function idVerdict({ finding, evidence }: ScriptContext): string[] | undefined {
  if (finding.kind !== 'bad-input-accepted') return undefined;
  const lines = [...finding.sentence.matchAll(accepted)].flatMap(([, call, id = '']) => {
    const sent = evidence.exchanges.filter(
      (one) => one.call === call && isSuccess(one) && one.path.split(/[/?&=]/).includes(id),
    );
    return sent.map(
      ({ place }) =>
        `! succeeded ${place + 1} || shows "request ${place + 1} is about an id that is none, and answered $(status ${place + 1})"`,
    );
  });
  return lines.length === 0 ? undefined : lines;
}
