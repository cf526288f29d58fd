import { z } from 'zod';
import { printableLines } from '../../text/printable.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { circumstanceNames } from '../kinds/circumstances.ts';
import { kindNames } from '../kinds/kinds.ts';

export const signatureSchema = z.strictObject({
  kind: z.enum(kindNames),
  call: z.string().optional(),
  circumstance: z.enum(circumstanceNames),
  status: z.number().optional(),
  code: z.string().optional(),
});

/** What makes two deviations the same: kind, call, circumstance, status and code of the answer. */
export type Signature = z.infer<typeof signatureSchema>;

/** Returns the signature of a deviation, its code as it is shown: it is compared with one that was read from a file. */
export const signatureOf = ({ kind, call, circumstance, status, code }: Signature): Signature => ({
  kind,
  ...(call !== undefined && { call }),
  circumstance,
  ...(status !== undefined && { status }),
  ...(code !== undefined && { code: withoutSecrets(printableLines(code)) }),
});

/** Returns a text that is the same for the same signature, and for no other. */
export function signatureText(deviation: Signature): string {
  const { kind, call, circumstance, status, code } = signatureOf(deviation);
  return JSON.stringify([kind, call, circumstance, status, code]);
}

/** Returns the signatures of several deviations, each once. */
export const signaturesOf = (deviations: readonly Signature[]): Signature[] => [
  ...new Map(deviations.map((one) => [signatureText(one), signatureOf(one)])).values(),
];
