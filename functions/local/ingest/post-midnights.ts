import { earliestPostable, post, type Posting } from '../../ledger/post.ts';
import { formatMicros, type Micros, utcMidnightAfter } from '../../payment/time.ts';
import type { Books, Ids } from '../../ports.ts';

export interface PostingStores {
  readonly books: Books;
  readonly ids: Ids;
  readonly orphan_grace: Micros;
}

/**
 * Posts at each UTC midnight up to `now` at which something is postable and unposted. Files are sparse: a gap of months costs one
 * look, not a run a day. Each run books the day that ends at its midnight.
 */
export async function postPassedMidnights(stores: PostingStores, now: Micros): Promise<Posting[]> {
  const postings: Posting[] = [];
  for (;;) {
    const due = await earliestPostable(stores.books, stores.orphan_grace);
    if (due === null) return postings;
    const midnight = utcMidnightAfter(due);
    if (midnight > now) return postings;
    postings.push(await postOrFail(stores, midnight));
  }
}

/** Posts what is postable before `cut`, if anything is. */
export async function postWhatIsDue(stores: PostingStores, cut: Micros): Promise<Posting | null> {
  const due = await earliestPostable(stores.books, stores.orphan_grace);
  return due === null || due >= cut ? null : postOrFail(stores, cut);
}

async function postOrFail({ books, ids, orphan_grace }: PostingStores, cut: Micros): Promise<Posting> {
  const posting = await post(books, ids, { kind: 'sweep', cut, orphan_grace });
  // Only this process writes here, and something was due: anything else is a fault of ours, and going on would hide it.
  if (!posting || posting.rows_posted === 0) throw new Error(`Posting with cut ${formatMicros(cut)} posted nothing though something was due.`);
  return posting;
}
