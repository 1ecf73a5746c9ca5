/** A binary heap of what is due later, by time. Of equal times, what was added first comes first. */
export class TimeQueue<T extends { readonly at: number }> {
  readonly #heap: { readonly at: number; readonly order: number; readonly item: T }[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(item: T): void {
    const entry = { at: item.at, order: this.#added, item };
    this.#added += 1;
    const heap = this.#heap;
    let child = heap.length;
    heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent] as (typeof heap)[number];
      if (!comesBefore(entry, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  /** Takes the first item that is due at `now`, or returns null. */
  takeDue(now: number): T | null {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.at > now) return null;
    const last = heap.pop() as typeof first;
    if (heap.length > 0) this.#sink(last);
    return first.item;
  }

  #sink(entry: { readonly at: number; readonly order: number; readonly item: T }): void {
    const heap = this.#heap;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && comesBefore(right, heap[child] as typeof right)) child += 1;
      const below = heap[child] as typeof entry;
      if (!comesBefore(below, entry)) break;
      heap[parent] = below;
      parent = child;
    }
    heap[parent] = entry;
  }
}

function comesBefore(a: { at: number; order: number }, b: { at: number; order: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
