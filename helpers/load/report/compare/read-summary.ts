import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadSummarySchema, type LoadSummary } from '../../measure/load-summary.ts';
import type { ReportFolder } from '../page/report-folder.ts';

/** Reads the summary that a load run has left in its folder; `undefined` where there is none. */
export function readSummary(folder: ReportFolder): LoadSummary | undefined {
  if (!folder.has('summary.json')) return undefined;
  return loadSummarySchema.parse(JSON.parse(readFileSync(path.join(folder.path, 'summary.json'), 'utf8')));
}
