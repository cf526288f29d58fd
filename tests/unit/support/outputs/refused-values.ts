import { complaint } from './complaint.ts';

/** A setting, some values that it refuses, and what is allowed instead. */
export interface RefusedValues {
  readonly name: string;
  readonly values: readonly string[];
  readonly allowed: string;
}

/** Returns what is said of each of the values. */
export const complaintsOf = ({ name, values }: RefusedValues): string[] =>
  values.map((value) => complaint({ [name]: value }));

/** Returns what should be said of each of them: the variable, the value and what is allowed. */
export const expectedComplaintsOf = ({ name, values, allowed }: RefusedValues): string[] =>
  values.map((value) => `${name} is ${JSON.stringify(value)}, allowed is ${allowed}.`);
