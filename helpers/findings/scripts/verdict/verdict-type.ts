import type { Template } from '../lines/shell-words.ts';

/** How a script finds out whether the defect shows. */
export interface Verdict {
  /** A statement that has a row while the defect shows, where it shows only while requests are under way. */
  readonly watch?: Template;
  /** The lines that look at the tables before a held row is released, where it shows only then. */
  readonly held?: readonly string[];
  /** The lines that look at answers and tables in the end. */
  readonly lines: readonly string[];
}
