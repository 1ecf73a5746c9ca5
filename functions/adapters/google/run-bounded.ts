/**
 * Runs all items, at most `atOnce` at a time, and gives their results in order. After the first failure, or once `isOver`, none is begun.
 * Rejects with the first failure, when all that were begun have ended: nothing goes on behind the caller's back.
 */
export async function runBounded<Item, Result>(items: readonly Item[], atOnce: number, run: (item: Item) => Promise<Result>, isOver: () => boolean): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const failures: unknown[] = [];
  const left = items.entries(); // shared: each lane takes the next one
  const lane = async () => {
    for (const [place, item] of left) {
      if (failures.length > 0 || isOver()) return;
      try {
        results[place] = await run(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
