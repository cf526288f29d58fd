import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../../text/user-error.ts';
import { scenarioSchema } from '../grouping/finding.ts';
import { signatureSchema, signatureText, type Signature } from '../grouping/signature.ts';

const daySchema = z.iso.date();

const acceptedSchema = z.strictObject({
  id: z.string(),
  why: z.string().min(1),
  /** The last day on which it is accepted, in UTC. @example '2027-03-01' */
  until: daySchema.optional(),
  sentence: z.string(),
  /** Scenarios that showed it: it is fixed when they pass. */
  scenarios: z.array(scenarioSchema),
  /** In which forms it may show. */
  deviations: z.array(signatureSchema).min(1),
});

/** A finding that is known and accepted, as it stands in the file beside the profile. */
export type AcceptedFinding = z.infer<typeof acceptedSchema>;

const fileSchema = z.strictObject({ accepted: z.array(acceptedSchema) });

/** Returns the path of the file of accepted findings of a profile: beside it, `my-shop.accepted.json`. */
export const acceptedFile = (profileFile: string): string => profileFile.replace(/\.ts$/, '.accepted.json');

/**
 * Returns the accepted findings of a file; none where there is no file.
 *
 * @throws UserError that says what is wrong with the file.
 */
export function readAccepted(file: string): AcceptedFinding[] {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).accepted;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UserError(
      `${file} is not a list of accepted findings: ${why}\nCorrect it, or delete it and accept the findings again.`,
    );
  }
}

/** Writes them, in an order in which changes are easy to read. */
export function writeAccepted(file: string, accepted: readonly AcceptedFinding[]): void {
  const sorted = accepted.toSorted((one, other) => one.id.localeCompare(other.id, 'en'));
  writeFileSync(file, `${JSON.stringify({ accepted: sorted }, undefined, 2)}\n`);
}

/** Returns whether a text is a day, as `until` has it. */
export const isDay = (text: string): boolean => daySchema.safeParse(text).success;

/** Returns a moment's day, as `until` has it. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Returns whether a finding is still accepted on a day. */
export const isAcceptedOn = ({ until }: Pick<AcceptedFinding, 'until'>, day: Date): boolean =>
  until === undefined || until >= dayOf(day);

/** Returns whether a deviation is one of those that an accepted finding may show as. */
export const isOneOf = (deviation: Signature, { deviations }: Pick<AcceptedFinding, 'deviations'>): boolean =>
  deviations.some((one) => signatureText(one) === signatureText(deviation));

/** Returns the accepted finding that a deviation belongs to. */
export const acceptedAs = (deviation: Signature, accepted: readonly AcceptedFinding[]): AcceptedFinding | undefined =>
  accepted.find((one) => isOneOf(deviation, one));
