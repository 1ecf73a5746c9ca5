/** What an instance is doing just now, so that it can be finished before the instance ends. */
export interface InHand {
  /** Nothing more is taken. */
  closed(): boolean;
  /** Takes note of work until it settles, and gives it back. */
  hold<Result>(work: Promise<Result>): Promise<Result>;
  /** Closes, and returns when all work has settled. Never rejects. */
  finish(): Promise<void>;
}

/** What an instance has in hand: nothing yet, and open. */
export function inHand(): InHand {
  const open = new Set<Promise<unknown>>();
  let closed = false;
  return {
    closed: () => closed,
    hold(work) {
      open.add(work);
      const done = () => void open.delete(work);
      work.then(done, done);
      return work;
    },
    async finish() {
      closed = true;
      while (open.size > 0) await Promise.allSettled(open);
    },
  };
}
