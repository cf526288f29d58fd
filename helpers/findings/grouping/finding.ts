import { z } from 'zod';
import { circumstanceNames } from '../kinds/circumstances.ts';
import {
  evidenceExchangeSchema,
  interventionSchema,
  promisedRefusalSchema,
  rowsSchema,
} from '../deviations/deviation.ts';
import { families, kindNames, severities } from '../kinds/kinds.ts';
import { signatureSchema } from './signature.ts';

export const scenarioSchema = z.object({
  /** Path of the spec, from `tests/scenarios` on. */
  file: z.string(),
  title: z.string(),
});

const scenarioOfPromiseSchema = scenarioSchema.extend({ promise: z.string().optional() });

/** All deviations of a run that have one root cause. */
const findingSchema = z.object({
  /** The same for the same defect in every run. @example 'charged-twice-pay-concurrent' */
  id: z.string(),
  severity: z.enum(severities),
  kind: z.enum(kindNames),
  family: z.enum(families),
  call: z.string().optional(),
  circumstance: z.enum(circumstanceNames),
  status: z.number().optional(),
  code: z.string().optional(),
  /** All forms in which it showed, its consequences among them. */
  deviations: z.array(signatureSchema),
  /** What was promised and what was seen, with numbers. */
  sentence: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** What is added to it: further forms that the same defect showed in, a line each. */
  details: z.array(z.string()),
  /** The promises that are broken, by id. */
  promises: z.array(z.string()),
  /** The scenarios that failed of it. */
  scenarios: z.array(scenarioSchema),
  /** What failed as its consequence, or could not be judged because of it, a sentence each. */
  masks: z.array(z.string()),
  /** File name of the script that shows it, in the same folder. */
  script: z.string().optional(),
  /** Why there is no script that shows it; follows "no script: ". */
  noScript: z.string().optional(),
  /** Why it is accepted, where it is. */
  accepted: z.object({ why: z.string(), until: z.string().optional() }).optional(),
  /** Of the scenario that shows it best. */
  evidence: z.object({
    scenario: scenarioSchema,
    exchanges: z.array(evidenceExchangeSchema),
    rows: rowsSchema.optional(),
    gate: z.array(z.string()),
    /** What the scenario did to the tables itself. */
    interventions: z.array(interventionSchema).optional(),
    /** The whole error text. */
    error: z.string(),
    /** Place of the request whose answer breaks the promise, from 0 on, and of the one that it should have repeated. */
    at: z.number().optional(),
    original: z.number().optional(),
    /** What was promised of that request, where it was to be refused. */
    promised: promisedRefusalSchema.optional(),
    /** The check of the tables that failed: a `check` of a breach of the ledger. */
    check: z.string().optional(),
    /** Numbers of the sentence, by name. */
    numbers: z.record(z.string(), z.number()),
  }),
});

export type Finding = z.infer<typeof findingSchema>;

/** The content of `findings.json`. */
export const findingsSchema = z.object({
  version: z.literal(1),
  verdict: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE', 'BLOCKED', 'INTERRUPTED']),
  /** The verdict's reason, one sentence. */
  because: z.string(),
  target: z.string(),
  /** The most severe first. */
  findings: z.array(findingSchema),
  notJudged: z.array(
    scenarioOfPromiseSchema.extend({
      because: z.string(),
      /** Id of the finding that hides it, where one does. */
      finding: z.string().optional(),
    }),
  ),
  notApplicable: z.array(scenarioOfPromiseSchema.extend({ because: z.string() })),
  passed: z.array(scenarioOfPromiseSchema),
  /** Ids of accepted findings that did not occur any more. */
  fixed: z.array(z.string()),
  /** Findings that occurred and were accepted until a day that is over. */
  expired: z.array(z.object({ id: z.string(), until: z.string() })),
});

export type Findings = z.infer<typeof findingsSchema>;
