import type { CallName, ReceivedResponse } from '../../api/answers/exchange.ts';
import { answeredPart } from '../../api/answers/answered-part.ts';
import type { Id } from '../../profile/ids.ts';
import { parseJson, valueAt } from '../../text/json.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { applyCorrection } from './apply-correction.ts';
import { isIdKind, kindOf } from './field-kinds.ts';
import { leavesOf } from './json-leaves.ts';
import { misfitOf, type Misfit, type PropertyPath } from './misfit.ts';
import { readAnswer, type AnsweringCall } from '../steps/read-answer.ts';
import { judgeIdInHeader } from './judge-id-in-header.ts';
import { isSameValue, suggestField } from '../suggest/suggest-field.ts';
import { suggestList } from '../suggest/suggest-list.ts';
import { moneyFormOf, readableMoneyForm } from '../suggest/suggest-money.ts';

/**
 * Expected values of an answer's fields by the suite's names, as far as they are known; amounts in the smallest unit.
 */
type ExpectedFields = Readonly<Partial<Record<string, Id>>>;

/** The success with which an answer is compared. */
export interface ExpectedAnswer {
  readonly fields: ExpectedFields;
  /** Expected values of the order's only line. */
  readonly line?: ExpectedFields;
}

/**
 * Returns all misfits between a success and the profile: its status, the paths of its fields, the form of ids and
 * money, and their values.
 */
export function judgeAnswer(
  name: CallName,
  { status, body, headers }: ReceivedResponse,
  profile: TargetProfile,
  expected: ExpectedAnswer,
): Misfit[] {
  const endpoint = profile.endpoints[name];
  if ('notOffered' in endpoint) return [];
  const misfits: Misfit[] = [];
  if (status !== endpoint.success) {
    const property = ['endpoints', name, 'success'];
    misfits.push(misfitOf(`the answer has status ${status}, not ${endpoint.success}`, property, status));
  }
  if (!('answer' in endpoint) || name === 'health') return misfits;
  const json = parseJson(body);
  const answer: PropertyPath = ['endpoints', name, 'answer'];
  let current = profile;
  const add = (found: readonly Misfit[]): void => {
    for (const misfit of found) {
      misfits.push(misfit);
      if (misfit.correction) current = applyCorrection(current, misfit.correction);
    }
  };
  if (name === 'createOrder') add(judgeIdInHeader(profile, json, headers, expected.fields.orderId));
  const named = Object.entries<string | undefined>(answerOf(current, name)).filter(([, path]) => path !== undefined);
  if (json === undefined) {
    // A target that says nothing but a status keeps its promise, where nothing else is promised.
    if (named.length === 0) return misfits;
    const empty = named.map(([field]) => emptyAnswer([...answer, field]));
    return [...misfits, ...(body.trim() === '' ? empty : [notJson(['endpoints', name, 'path'])])];
  }
  const declared = 'inList' in endpoint ? endpoint.inList : undefined;
  let part = answeredPart(endpoint, json, expected.fields);
  let paths = named;
  const isElsewhere =
    (name === 'getOrder' || name === 'getProduct') &&
    named.every(([, path]) => valueAt(part, path ?? '') === undefined);
  const list = part === undefined || isElsewhere ? suggestList(json, expected.fields) : undefined;
  if (part === undefined && !list) return [...misfits, notListed(name, json)];
  if (list) {
    const { inList, field, path } = list;
    if (inList !== declared) {
      add([misfitOf(`what was asked for is in the list \`${inList}\``, ['endpoints', name, 'inList'], inList)]);
    }
    if (named.find(([known]) => known === field)?.[1] !== path) {
      add([misfitOf(`an item of \`${inList}\` has its id in \`${path}\``, [...answer, field], path)]);
    }
    part = list.item;
    paths = named.filter(([known]) => known !== field);
  }
  for (const [field, path] of paths) {
    if (path === undefined) continue;
    add(
      judgeField({
        json: part,
        field,
        path,
        property: [...answer, field],
        expected: expected.fields[field],
        profile: current,
      }),
    );
  }
  add(judgeLines(name, part, current, expected.line ?? {}));
  return misfits.length > 0 ? misfits : judgeReading(name, { json, headers }, current, expected.fields);
}

const answerOf = ({ endpoints }: TargetProfile, name: CallName): Readonly<Partial<Record<string, string>>> => {
  const endpoint = endpoints[name];
  return 'answer' in endpoint ? endpoint.answer : {};
};

const notJson = (property: PropertyPath): Misfit => ({
  problem: 'the answer is not JSON',
  property,
  suggestion: 'check the path and BASE_URL: another server than the API seems to answer there',
});

const emptyAnswer = (property: PropertyPath): Misfit => ({
  problem: 'the answer is empty',
  property,
  suggestion: 'leave out the fields of an answer that has none',
});

const notListed = (name: AnsweringCall, json: unknown): Misfit => {
  const lists = leavesOf(json).filter(({ value }) => Array.isArray(value));
  return {
    problem: `the answer has no list with what was asked for; ${lists.length > 0 ? `its lists: ${lists.map(({ path }) => `\`${path}\``).join(', ')}` : 'it has no list below a name'}`,
    property: ['endpoints', name, 'inList'],
    suggestion: 'name the list, and in answer the path of the id in an item of it',
  };
};

interface FieldToJudge {
  readonly json: unknown;
  readonly field: string;
  readonly path: string;
  readonly property: PropertyPath;
  readonly expected: Id | undefined;
  readonly profile: TargetProfile;
}

function judgeField(judged: FieldToJudge): Misfit[] {
  const { json, field, path, property, expected, profile } = judged;
  const value = valueAt(json, path) ?? undefined;
  // It is null until the order is paid.
  if (value === undefined && field === 'paidAt' && leavesOf(json).some((leaf) => leaf.path === path)) return [];
  const wanted = { field, path, money: profile.money, ...(expected !== undefined && { expected }) };
  if (value === undefined) {
    const found = suggestField(json, wanted);
    if (!found) return [absent(path, json, property)];
    const misfit = misfitOf(`the answer has \`${found.path}\`, not \`${path}\``, property, found.path);
    return [misfit, ...judgeForm({ ...judged, path: found.path }, found.value)];
  }
  if (expected !== undefined && !isSameValue(field, value, expected, profile.money)) {
    const found = suggestField(json, wanted);
    if (found && isSameValue(field, found.value, expected, profile.money)) {
      const problem = `\`${path}\` is ${shown(value)}, but \`${found.path}\` is ${shown(found.value)} as in the tables`;
      return [misfitOf(problem, property, found.path), ...judgeForm({ ...judged, path: found.path }, found.value)];
    }
    return [
      {
        problem: `\`${path}\` is ${shown(value)}, but it should be ${shown(asAnswered(field, expected, profile))}`,
        property,
        suggestion: 'if it means something else, name the right field, or leave this one out',
      },
    ];
  }
  return judgeForm(judged, value);
}

/** Returns an expected value in the target's notation. */
const asAnswered = (field: string, expected: Id, { money }: TargetProfile): Id =>
  kindOf(field) === 'money' && typeof expected === 'number' ? moneyCodec(money).toJson(expected) : expected;

const absent = (path: string, json: unknown, property: PropertyPath): Misfit => {
  const paths = leavesOf(json).map((leaf) => `\`${leaf.path}\``);
  const has = paths.length === 0 ? 'nothing' : `${paths.slice(0, 12).join(', ')}${paths.length > 12 ? ', …' : ''}`;
  return {
    problem: `the answer has no \`${path}\`; it has ${has}`,
    property,
    suggestion: `name the right field, or leave ${property.at(-1) ?? 'it'} out if there is none`,
  };
};

/** Returns the misfits between the form of a value and the profile. */
function judgeForm({ field, path, expected, profile }: FieldToJudge, value: unknown): Misfit[] {
  const kind = kindOf(field);
  if (isIdKind(kind)) {
    const form = typeof value === 'string' ? 'string' : 'number';
    if (form === profile.ids[kind]) return [];
    return [misfitOf(`\`${path}\` is the ${form} ${shown(value)}, not a ${profile.ids[kind]}`, ['ids', kind], form)];
  }
  if (kind !== 'money') return [];
  const { money } = profile;
  const form = expected === undefined ? readableMoneyForm(value, money) : moneyFormOf(value, Number(expected), money);
  if (!form) return [];
  const changed = (['decimals', 'inJson'] as const).filter((name) => form[name] !== money[name]);
  const inTable =
    expected === undefined ? '' : ` where the table has ${shown(moneyCodec(money).toTable(Number(expected)))}`;
  return changed.map((name) =>
    misfitOf(`money is in another form: \`${path}\` is ${shown(value)}${inTable}`, ['money', name], form[name]),
  );
}

function judgeLines(name: CallName, json: unknown, profile: TargetProfile, expected: ExpectedFields): Misfit[] {
  const endpoint = profile.endpoints[name];
  const path = 'answer' in endpoint && 'items' in endpoint.answer ? endpoint.answer.items : undefined;
  const lines = path && valueAt(json, path);
  if (!Array.isArray(lines)) return [];
  const first: unknown = lines[0];
  const item = Object.entries<string | undefined>(profile.endpoints.createOrder.item);
  return item.flatMap(([field, path]) =>
    path === undefined
      ? []
      : judgeField({
          ...{ json: first, field, path, profile, expected: expected[field] },
          property: ['endpoints', 'createOrder', 'item', field],
        }),
  );
}

/** Returns the errors that remain when the suite itself reads the answer, which decides whether a profile fits. */
function judgeReading(
  name: AnsweringCall,
  { json, headers }: { readonly json: unknown; readonly headers: ReceivedResponse['headers'] },
  profile: TargetProfile,
  asked: ExpectedFields,
): Misfit[] {
  const result = readAnswer(name, json, profile, asked, headers);
  if (!('malformed' in result)) return [];
  return result.malformed.map((problem) => ({
    problem,
    property: ['endpoints', name, 'answer'],
    suggestion: 'name the right field, or leave it out',
  }));
}

const maxShownLength = 80;

const shown = (value: unknown): string => {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text;
};
