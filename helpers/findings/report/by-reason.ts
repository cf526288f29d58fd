import { groupedBy } from '../../text/words/grouped-by.ts';

/** Scenarios that share the reason why they say nothing about the target. */
interface SameReason<Entry> {
  /** As it follows "because", without a full stop. */
  readonly because: string;
  readonly entries: readonly Entry[];
}

/** Returns scenarios grouped by why they say nothing about the target, the most frequent reason first. */
export function byReason<Entry extends { readonly because: string }>(
  entries: readonly Entry[],
): readonly SameReason<Entry>[] {
  return [...groupedBy(entries, ({ because }) => because.trim().replace(/\.$/, ''))]
    .map(([because, group]) => ({ because, entries: group }))
    .toSorted((one, other) => other.entries.length - one.entries.length);
}
