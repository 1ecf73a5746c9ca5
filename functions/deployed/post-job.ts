import type { Settings } from '../config.ts';
import { post, type PostingKind } from '../ledger/post.ts';
import type { Micros } from '../payment/time.ts';
import type { Books, Clock, Ids, Log } from '../ports.ts';
import type { Answer } from './answer.ts';

export interface PostJob {
  readonly books: Books;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly settings: Settings;
  /** How long before now a posting is cut: streamed rows may show a little late. */
  readonly settle: Micros;
}

/**
 * Posts what is postable. Two at once, or one again, is harmless: one of them wins, the other posts nothing, and what is left is posted
 * by the next run.
 */
export async function postJob({ books, ids, clock, settings, settle }: PostJob, kind: PostingKind, log: Log): Promise<Answer> {
  const posting = await post(books, ids, { kind, cut: clock.now() - settle, orphan_grace: settings.orphan_grace });
  if (posting === null) {
    log.write('NOTICE', 'posting lost to another one', { kind });
    return { status: 200, body: { kind, posted: false, why: 'another posting won; the next run posts what is left' } };
  }
  log.write('INFO', 'posted', { kind, ...posting });
  return { status: 200, body: { kind, posted: true, ...posting } };
}

/** Which posting a call of sweepLate asks for: a sweep, or nightly an audit, which looks at all that was ever journaled. Null: neither. */
export function sweepKind(asked: Readonly<Record<string, string>>): Extract<PostingKind, 'sweep' | 'audit'> | null {
  const kind = asked.kind ?? 'sweep';
  return kind === 'sweep' || kind === 'audit' ? kind : null;
}
