import { withinLimit } from '../adapters/google/bytes-limit.ts';
import { randomIds } from '../adapters/random-ids.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import type { ConfigurationOf, FunctionName } from '../deployed/function-variables.ts';
import { jobWork } from '../deployed/job-work.ts';
import { postJob } from '../deployed/post-job.ts';
import type { PostingKind } from '../ledger/post.ts';
import { booksOfRun } from './books-of-run.ts';
import type { Made } from './deployed-function.ts';
import { settingsAudited } from './settings-audited.ts';

/** A function that posts, as one of some kinds: `kindOf` reads it from what was asked, null for none. */
export function postingFunction(name: FunctionName, configuration: ConfigurationOf<'postLedger'>, kindAsked: (asked: Readonly<Record<string, string>>) => PostingKind | null): Made {
  const open = booksOfRun(configuration);
  const audited = settingsAudited(configuration);
  return {
    work: jobWork(name, async (call, log) => {
      const kind = kindAsked(call.asked);
      if (kind === null) return { status: 400, body: { error: 'kind must be sweep or audit' } };
      const books = open(call, log);
      await audited(books);
      const order = { books, ids: randomIds, clock: wallClock, settings: configuration, settle: configuration.settle };
      return withinLimit(books, `${name}.${kind}`, wallClock.now(), () => postJob(order, kind, log), (answer) => answer.body?.posted === true);
    }),
  };
}
