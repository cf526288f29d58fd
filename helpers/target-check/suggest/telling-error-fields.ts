import { errorText } from '../../refusals/error-text.ts';
import { withoutData } from '../../refusals/cause-said-in.ts';
import type { NamedReason } from '../../profile/refusal-forms.ts';
import { errorPaths, type TargetProfile } from '../../profile/target-profile.ts';
import { isRecord, parseJson, valueAt } from '../../text/json.ts';
import { leavesOf } from '../judge/json-leaves.ts';
import { misfitOf, type Misfit } from '../judge/misfit.ts';

/** A refusal that was provoked. */
export interface ToldRefusal {
  readonly reason: NamedReason;
  readonly response: { readonly status: number; readonly body: string };
}

const textNames = /(?:^|\.)(?:detail|details|message|msg|reason|description|error|title|cause)$/i;

/** Returns the pairs of refusals of one status for different reasons. */
const rivals = (refusals: readonly ToldRefusal[]): (readonly [ToldRefusal, ToldRefusal])[] =>
  refusals.flatMap((one, place) =>
    refusals
      .slice(place + 1)
      .filter(({ reason, response }) => reason !== one.reason && response.status === one.response.status)
      .map((other) => [one, other] as const),
  );

/** Returns the misfit of a code that only repeats the status, and so stands for several reasons. */
function codeMisfit({ errors }: TargetProfile, refusals: readonly ToldRefusal[]): Misfit[] {
  const { code: path } = errors;
  if (path === undefined) return [];
  const repeats = ({ response: { status, body } }: ToldRefusal): boolean =>
    String(valueAt(parseJson(body), path)) === String(status);
  if (!rivals(refusals).some((pair) => pair.every(repeats))) return [];
  return [misfitOf(`\`${path}\` of an error only repeats its status`, ['errors', 'code'], undefined)];
}

/** Returns the misfit of a message that is the same for several reasons, where another text tells them apart. */
function messageMisfit({ errors }: TargetProfile, refusals: readonly ToldRefusal[]): Misfit[] {
  const { message } = errors;
  if (message === undefined) return [];
  const textOf = ({ response }: ToldRefusal, paths: readonly string[]): string | undefined => {
    const json = parseJson(response.body);
    const text = paths.map((path) => errorText(valueAt(json, path))).find((one) => one !== undefined);
    return text && withoutData(text);
  };
  const alike = rivals(refusals).filter(([one, other]) => {
    const said = textOf(one, errorPaths(message));
    return said !== undefined && said === textOf(other, errorPaths(message));
  });
  const [[first] = []] = alike;
  const json = first && parseJson(first.response.body);
  if (!isRecord(json)) return [];
  const told = leavesOf(json)
    .map(({ path }) => path)
    .filter((path) => textNames.test(path) && !errorPaths(message).includes(path))
    .find((path) =>
      alike.some(([one, other]) => {
        const [mine, others] = [textOf(one, [path]), textOf(other, [path])];
        return mine !== undefined && others !== undefined && mine !== others;
      }),
    );
  if (told === undefined) return [];
  const problem = `\`${String(message)}\` is the same for several causes, and \`${told}\` tells them apart`;
  const hasAll = refusals.every((one) => textOf(one, [told]) !== undefined);
  return [misfitOf(problem, ['errors', 'message'], hasAll ? told : [told, ...errorPaths(message)])];
}

/** Returns the misfits of an error's code and message that are the same for several reasons. */
export const tellingErrorFields = (profile: TargetProfile, refusals: readonly ToldRefusal[]): Misfit[] => [
  ...codeMisfit(profile, refusals),
  ...messageMisfit(profile, refusals),
];
