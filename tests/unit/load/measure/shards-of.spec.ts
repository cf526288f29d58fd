import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import { ReportFolder } from '../../../../helpers/load/report/page/report-folder.ts';
import { shardsOf } from '../../../../helpers/load/measure/shards-of.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';
import { examplePart } from '../../support/examples/example-load-part.ts';
import { runCommand } from '../../support/runs/run-command.ts';

interface Fixtures {
  /** Writes a load-report folder with the given parts and returns its path. */
  shard: (name: string, ...parts: Partial<LoadPart>[]) => string;
}

const test = base.extend<Fixtures>({
  shard: async ({}, use, testInfo) => {
    await use((name, ...parts) => {
      const reportFolder = testInfo.outputPath(name);
      const folder = new ReportFolder({ load: { reportFolder } });
      folder.clear();
      for (const part of parts) folder.writePart(examplePart({ parts: 2, ...part }));
      return reportFolder;
    });
  },
});

test.describe('load shards', () => {
  test('--merge merges shards into one report, which may be the folder of one of them', async ({ shard }) => {
    const [first, second] = [shard('load-report', { part: 0 }), shard('other', { part: 1 })];
    const { exitCode, output } = await runCommand('load', ['--merge', first, second], { LOAD_REPORT_DIR: first });
    expect(output).toContain('PASS  All 1 thresholds were kept and the ledger is clean.');
    expect(exitCode).toBe(0);
    const report = new ReportFolder({ load: { reportFolder: first } });
    expect(report.parts().map(({ part }) => part)).toEqual([0, 1]);
    expect(report.has('summary.json')).toBe(true);
  });

  test('--merge of the same shard twice is refused in one sentence and leaves the report as it was', async ({
    shard,
  }) => {
    const first = shard('load-report', { part: 0 });
    const { exitCode, output } = await runCommand('load', ['--merge', first, first], { LOAD_REPORT_DIR: first });
    expect(output).toBe(
      `${first} and ${first} both have part 1 of 2: name the folder of each shard once, all of one run.\n`,
    );
    expect(exitCode).toBe(1);
    expect(new ReportFolder({ load: { reportFolder: first } }).parts()).toHaveLength(1);
  });

  test('shards of one run are accepted, those of another run or with the same part twice refused', ({ shard }) => {
    const first = shard('first', { part: 0 });
    expect(shardsOf([first, shard('second', { part: 1 })]).map(({ part }) => part)).toEqual([0, 1]);
    const merging = (other: string) => (): unknown => shardsOf([first, other]);
    expect(merging(shard('same', { part: 0 }))).toThrow(UserError);
    expect(merging(shard('profile', { part: 1, profile: 'order-create' }))).toThrow(
      /first is of smoke in 2 parts, but .*profile of order-create in 2 parts/,
    );
    expect(merging(shard('parts', { part: 2, parts: 3 }))).toThrow(/smoke in 3 parts: name only folders of one run/);
  });

  test('missing, empty and unreadable shard folders are named in the error', ({ shard }, testInfo) => {
    expect(() => shardsOf([])).toThrow('--merge wants the load-report folders of the shards.');
    expect(() => shardsOf([testInfo.outputPath('nowhere')])).toThrow(/nowhere is no load-report folder/);
    expect(() => shardsOf([shard('empty')])).toThrow(/There is no part of a load run in .*empty/);
    const broken = shard('broken');
    mkdirSync(path.join(broken, 'parts'), { recursive: true });
    writeFileSync(path.join(broken, 'parts', 'part-0.json'), '{');
    expect(() => shardsOf([broken])).toThrow(/A part in .*broken cannot be read/);
  });
});
