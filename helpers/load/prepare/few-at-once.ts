/**
 * Does something with every item, a few at once.
 *
 * @returns what came of each, in the order of the items.
 * @throws the first error; what has not begun by then is left.
 */
export async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  maxAtOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  let hasFailed = false;
  const workOff = async (): Promise<void> => {
    for (const [index, item] of entries) {
      if (hasFailed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: maxAtOnce }, workOff));
  return results;
}
