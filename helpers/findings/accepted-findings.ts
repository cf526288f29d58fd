import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../text/user-error.ts';
import { circumstanceNames } from './circumstances.ts';
import type { Deviation } from './deviation.ts';
import { kindNames } from './kinds.ts';

const signatureSchema = z.strictObject({
  kind: z.enum(kindNames),
  call: z.string().optional(),
  circumstance: z.enum(circumstanceNames),
  status: z.number().optional(),
  code: z.string().optional(),
});

/** What makes two deviations the same: kind, call, circumstance, status and code of the answer. */
export type Signature = z.infer<typeof signatureSchema>;

const acceptedSchema = z.strictObject({
  id: z.string(),
  why: z.string().min(1),
  /** The last day on which it is accepted, `2027-03-01`. */
  until: z.iso.date().optional(),
  sentence: z.string(),
  /** In which forms it may show. */
  deviations: z.array(signatureSchema).min(1),
});

/** A finding that is known and accepted, as it stands in the file beside the profile. */
export type AcceptedFinding = z.infer<typeof acceptedSchema>;

const fileSchema = z.strictObject({ accepted: z.array(acceptedSchema) });

/** Returns the path of the file of accepted findings of a profile: beside it, `my-shop.accepted.json`. */
export const acceptedFile = (profileFile: string): string => profileFile.replace(/\.ts$/, '.accepted.json');

/** @throws UserError that says what is wrong with the file. */
export function readAccepted(file: string): AcceptedFinding[] {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).accepted;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UserError(`${file} is no list of accepted findings: ${why}`);
  }
}

/** Writes them, in an order in which changes are easy to read. */
export function writeAccepted(file: string, accepted: readonly AcceptedFinding[]): void {
  const sorted = accepted.toSorted((one, other) => one.id.localeCompare(other.id));
  writeFileSync(file, `${JSON.stringify({ accepted: sorted }, undefined, 2)}\n`);
}

/** Returns those that are still accepted on a day. */
export const acceptedOn = (accepted: readonly AcceptedFinding[], day: Date): AcceptedFinding[] =>
  accepted.filter(({ until }) => until === undefined || until >= day.toISOString().slice(0, 10));

const textOf = ({ kind, call, circumstance, status, code }: Signature): string =>
  JSON.stringify([kind, call, circumstance, status, code]);

/** Returns the signature of a deviation. */
export const signatureOf = ({ kind, call, circumstance, status, code }: Deviation): Signature => ({
  kind,
  ...(call !== undefined && { call }),
  circumstance,
  ...(status !== undefined && { status }),
  ...(code !== undefined && { code }),
});

/** Returns the accepted finding that a deviation belongs to. */
export function acceptedAs(deviation: Deviation, accepted: readonly AcceptedFinding[]): AcceptedFinding | undefined {
  const wanted = textOf(signatureOf(deviation));
  return accepted.find(({ deviations }) => deviations.some((one) => textOf(one) === wanted));
}
