import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { matrixPlanFile } from '../settings/matrix-plan-file.ts';
import { isOfCrashes } from './killers/crash-scenarios.ts';
import { isForced } from './killers/forced-scenarios.ts';

const choiceSchema = z.object({
  /** Name of the file, without its folder. */
  file: z.string().optional(),
  title: z.string().optional(),
  /** One of them. */
  tags: z.array(z.string()).optional(),
  /** `file › title` of all that are meant. */
  names: z.array(z.string()).optional(),
  /** Only those that race behind a gate. */
  forced: z.boolean().optional(),
  /** Those in which the target is killed, alone or with all others. Left out: none of them. */
  crashes: z.enum(['alone', 'too']).optional(),
});

/** Scenarios for which all that is said holds; all scenarios where nothing is said. */
export type ScenarioChoice = z.infer<typeof choiceSchema>;

export const trialSchema = z.object({
  /** Unique in its plan. */
  name: z.string(),
  shop: z.object({
    kind: z.enum(['correct', 'fault', 'variant']),
    /** Of the fault, or of the variant; of several with `+` between them. */
    name: z.string(),
  }),
  /** Address of the process in which the shop runs. */
  host: z.string(),
  /** Name of the target profile. */
  target: z.string(),
  scenarios: choiceSchema,
  /** When so many scenarios have failed, the others are skipped. */
  enough: z.number().optional(),
  /** Whether the shop is gone again as soon as a scenario has ended. */
  isBrief: z.boolean(),
  /** Whether all that its failed scenarios saw is told. */
  wantsEvidence: z.boolean().optional(),
});

/** A shop, and the scenarios that are run against it. */
export type Trial = z.infer<typeof trialSchema>;

/** Returns what the process that started this Playwright wants to try; undefined outside the matrix. */
export function plannedTrials(): Trial[] | undefined {
  const file = matrixPlanFile();
  return file === undefined ? undefined : z.array(trialSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** A scenario, as it is registered. */
export interface RegisteredScenario {
  readonly file: string;
  readonly title: string;
  readonly tags: readonly string[];
}

/** `file › title` of a scenario. */
export const nameOf = ({ file, title }: Pick<RegisteredScenario, 'file' | 'title'>): string => `${file} › ${title}`;

/** Returns whether a file may have scenarios of a choice. */
export const mayBeIn = (file: string, choice: ScenarioChoice): boolean =>
  (choice.file === undefined || choice.file === file) &&
  (choice.names === undefined || choice.names.some((name) => name.startsWith(`${file} › `))) &&
  (!choice.forced || isForced(file)) &&
  (isOfCrashes(file) ? choice.crashes !== undefined : choice.crashes !== 'alone');

/** Returns whether a scenario is one of a choice. */
export const isChosen = ({ file, title, tags }: RegisteredScenario, choice: ScenarioChoice): boolean =>
  mayBeIn(file, choice) &&
  (choice.title === undefined || choice.title === title) &&
  (choice.names === undefined || choice.names.includes(nameOf({ file, title }))) &&
  (choice.tags === undefined || choice.tags.some((tag) => tags.includes(tag)));
