import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import Ajv from 'ajv';
import { z } from 'zod';
import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { kindNames } from '../../../../helpers/findings/kinds/kinds.ts';
import { sarifFindings } from '../../../../helpers/findings/report/sarif-findings.ts';
import { cleanFindings, exampleFindings } from '../../support/examples/example-findings.ts';
import { hostileFindings, manyFindings } from '../../support/examples/extreme-findings.ts';
import { hostileTexts } from '../../support/examples/example-load-summary.ts';

const packages = createRequire(import.meta.url);

const schemaIn = (file: string): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));

/** Returns what breaks the official schema in a log. */
const errorsIn = (log: unknown): unknown[] => {
  // The schema is of draft 4, where a schema's name is its `id`.
  const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true });
  ajv.addMetaSchema(schemaIn(packages.resolve('ajv/lib/refs/json-schema-draft-04.json')));
  const schema = schemaIn(packages.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  return ajv.validate(schema, log) === true ? [] : (ajv.errors ?? []);
};

const locationSchema = z.object({
  physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string(), uriBaseId: z.string() }) }),
});

const logSchema = z.object({
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({ rules: z.array(z.object({ id: z.string(), help: z.object({ text: z.string() }) })) }),
      }),
      results: z.array(
        z.object({
          ruleId: z.string(),
          ruleIndex: z.number(),
          level: z.string(),
          message: z.object({ text: z.string() }),
          locations: z.tuple([locationSchema]),
          relatedLocations: z.array(locationSchema).optional(),
          partialFingerprints: z.record(z.string(), z.string()),
          suppressions: z.array(z.record(z.string(), z.string())),
        }),
      ),
    }),
  ]),
});

const parsed = (findings: Findings): unknown => JSON.parse(sarifFindings(findings));
const runOf = (findings: Findings) => logSchema.parse(parsed(findings)).runs[0];

test.describe('SARIF findings', () => {
  test('log of any findings is valid against the official SARIF 2.1.0 schema', () => {
    const hostile = hostileTexts.map(hostileFindings);
    for (const findings of [exampleFindings(), cleanFindings(), manyFindings(20), ...hostile]) {
      expect(errorsIn(parsed(findings))).toEqual([]);
    }
    expect(errorsIn({ version: '2.1.0', runs: [{ results: [] }] })).toEqual([
      expect.objectContaining({ dataPath: '.runs[0]', keyword: 'required' }),
    ]);
  });

  test('log has a rule with a help text for every kind of breach, and results refer to their rules', () => {
    const { tool, results } = runOf(exampleFindings());
    const { rules } = tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(kindNames);
    expect(rules.filter(({ help }) => help.text === '')).toEqual([]);
    expect(results.map(({ ruleIndex }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
  });

  test('result has the level of its severity, the finding id as fingerprint, and its specs as locations', () => {
    const [first, ...others] = runOf(exampleFindings()).results;
    expect([first?.level, ...others.map(({ level }) => level)]).toEqual([
      ...['error', 'error', 'warning', 'warning', 'note', 'note'],
    ]);
    expect(first?.partialFingerprints).toEqual({
      'findingId/v1': 'charged-twice-pay-concurrent',
      primaryLocationLineHash: 'charged-twice-pay-concurrent',
    });
    expect(first?.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'tests/scenarios/idempotency/concurrent/in-flight-duplicates.race.spec.ts',
      uriBaseId: '%SRCROOT%',
    });
    expect(first?.relatedLocations).toHaveLength(3);
    expect(first?.message.text).toMatch(/^One order of 30,000 won was charged 4 times.*\nA customer/);
  });

  test('accepted finding alone is suppressed, with the reason', () => {
    const { results } = runOf(exampleFindings());
    expect(results.flatMap(({ suppressions }) => suppressions)).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification: 'The view is served from a replica; the clients poll. (until 2026-12-31)',
      },
    ]);
  });

  test('text from a target becomes neither link nor placeholder of a message', () => {
    const [result] = runOf(hostileFindings('[click](javascript:x) {0} \\')).results;
    expect(result?.message.text).toContain('\\[click\\](javascript:x) {{0}} \\\\\n');
  });
});
