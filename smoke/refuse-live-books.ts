import { EXIT, Failure } from '../functions/failure.ts';
import { counted } from '../functions/figures.ts';
import type { Books } from '../functions/ports.ts';
import { LIVE_FROM_ROWS } from './limits.ts';
import { smokeSql } from './sql-file.ts';
import { SMOKE_PREFIX } from './traffic/sent.ts';

/** Throws `Failure` (exit 2) where a company's books are kept: what a run publishes stays in them. */
export async function refuseLiveBooks(books: Books, into_live_books: boolean): Promise<void> {
  if (into_live_books) return;
  const [{ ledger_rows }] = await books.query(smokeSql('others-rows'), { prefix: SMOKE_PREFIX });
  if (Number(ledger_rows) <= LIVE_FROM_ROWS) return;
  throw new Failure(
    EXIT.usage,
    `The ledger holds ${counted(Number(ledger_rows), 'row')} that no smoke test published: these look like live books. What a run publishes stays in journal and ledger, since nothing is ever deleted there.`,
    'Run it on a stack of its own. If it must be this one, add --into-live-books: its payments are below 1 EUR, 100 JPY and 1 BHD each, with the customer and merchant `smoke`, and ids that begin with `smoke-`.',
  );
}
