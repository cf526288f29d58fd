import { applyCorrection } from '../target-check/judge/apply-correction.ts';
import type { Correction } from '../target-check/judge/misfit.ts';
import type { PlacedMisfit, StepReport } from '../target-check/report/step-report.ts';
import type { Shown } from '../target-check/steps/walk.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { parseJson } from '../text/json.ts';
import { fieldsOfJson } from './document/fields-of-json.ts';
import { draftRefusals } from './draft-refusals.ts';
import { answerFields, things } from './match/draft-endpoint.ts';
import { unseenRefusal, type Grounds } from './match/grounds.ts';
import { matchFields } from './match/match-fields.ts';
import { roles, type Role } from './match/rank-operations.ts';

/** What one try has shown of a profile. */
export interface Lesson {
  readonly property: readonly string[];
  /** Undefined: the property is to be left out. */
  readonly value: unknown;
  readonly ground: string;
}

/** Fields that every answer of a call must have; a profile cannot leave them out. */
const required: Readonly<Partial<Record<Role, readonly string[]>>> = {
  getBalance: ['balance'],
  chargeBalance: ['balance'],
  getProduct: ['price', 'stock'],
  createOrder: ['orderId'],
  getOrder: ['totalAmount'],
};

const isRole = (name: string | undefined): name is Role => roles.some((role) => role === name);

/** A field is only taken for one of the suite's own without a document where its name is hardly to be mistaken. */
const certain = 0.8;

/** Returns the fields of answers that the profile lacks although the answers have them. */
function furtherFields({ endpoints }: TargetProfile, { successes }: Shown): Lesson[] {
  const lessons: Lesson[] = [];
  for (const role of roles) {
    const endpoint = endpoints[role];
    const last = successes.findLast(({ name }) => name === role);
    // Paths into an item of a list are not those of the whole answer.
    if (!last || !('answer' in endpoint) || 'inList' in endpoint) continue;
    const known = Object.entries<string | undefined>(endpoint.answer).filter(([, path]) => path !== undefined);
    const { fields } = fieldsOfJson(parseJson(last.response.body));
    const taken = new Set(known.map(([, path]) => path));
    const names = new Set(known.map(([name]) => name));
    const wanted = answerFields[role].filter((name) => !names.has(name));
    const left = fields.filter(({ path, list }) => list !== undefined || !taken.has(path));
    const found = matchFields(left, { wanted, ofThing: things[role], minScore: certain });
    for (const [name, { path }] of Object.entries(found)) {
      lessons.push({ property: ['endpoints', role, 'answer', name], value: path, ground: 'seen' });
    }
    if (role !== 'createOrder') continue;
    const list = endpoints.createOrder.answer.items ?? found.items?.path;
    if (list === undefined) continue;
    const item = Object.entries<string | undefined>(endpoints.createOrder.item);
    const lines = matchFields(
      fields.filter((field) => !item.some(([, path]) => path === field.path)),
      {
        wanted: lineFields.filter((name) => !item.some(([known, path]) => known === name && path !== undefined)),
        list,
        minScore: certain,
      },
    );
    for (const [name, { path }] of Object.entries(lines)) {
      lessons.push({ property: ['endpoints', 'createOrder', 'item', name], value: path, ground: 'seen' });
    }
  }
  return lessons;
}

const lineFields = ['productId', 'productName', 'quantity', 'unitPrice', 'subtotal'] as const;

/** Returns the optional fields that an answer does not have, or in which it has something else. */
const absentFields = (misfits: readonly PlacedMisfit[]): Lesson[] =>
  misfits.flatMap(({ property = '' }): Lesson[] => {
    const [first, role, part, field] = property.split('.');
    const isField = first === 'endpoints' && isRole(role) && (part === 'answer' || part === 'item');
    if (!isField || field === undefined || (part === 'answer' && required[role]?.includes(field))) return [];
    return [{ property: property.split('.'), value: undefined, ground: 'not in the answer' }];
  });

const groundOf = ({ value }: Correction): string => (value === undefined ? 'seen: there is none' : 'seen');

/** Returns the form of every refusal: seen in this try, or assumed unless an earlier one has shown it. */
function refusalLessons(profile: TargetProfile, { refusals: seen }: Shown, grounds: Grounds): Lesson[] {
  if (seen.length === 0) return [];
  return Object.entries(draftRefusals(profile, seen)).flatMap(([reason, value]): Lesson[] => {
    const property = ['refusals', reason];
    if (seen.some((one) => one.reason === reason)) return [{ property, value, ground: 'seen' }];
    return grounds.of(property) === 'seen' ? [] : [{ property, value, ground: unseenRefusal }];
  });
}

/** A refusal is described by all that was seen of it, and not by the walk's own corrections of a placeholder. */
const isOfRefusals = ({ property }: Correction): boolean => property[0] === 'refusals';

/**
 * Returns what a try has shown: the walk's corrections, fields that answers lack or have beside, and all refusals.
 *
 * @param profile the profile that was tried, with the corrections of the walk.
 * @param grounds those of the profile as it was tried.
 */
export function learn(
  { profile, grounds }: { readonly profile: TargetProfile; readonly grounds: Grounds },
  steps: readonly StepReport[],
  corrections: readonly Correction[],
  shown: Shown,
): Lesson[] {
  const corrected = corrections
    .filter((correction) => !isOfRefusals(correction))
    .map((correction): Lesson => ({ ...correction, ground: groundOf(correction) }));
  const misfits = steps.flatMap((step) => step.misfits);
  const isCorrected = ({ property }: Lesson): boolean =>
    corrections.some((correction) => correction.property.join('.') === property.join('.'));
  const absent = absentFields(misfits).filter((lesson) => !isCorrected(lesson));
  const without = applyLessons(profile, absent);
  return [...corrected, ...absent, ...furtherFields(without, shown), ...refusalLessons(without, shown, grounds)];
}

/** Returns a profile with all that was learned. */
export const applyLessons = (profile: TargetProfile, lessons: readonly Lesson[]): TargetProfile =>
  lessons.reduce((changed, lesson) => applyCorrection(changed, lesson), profile);
