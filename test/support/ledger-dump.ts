import { openStore } from '../../functions/adapters/embedded/store.ts';

/** What must not depend on batches, kills or the machine: the whole ledger, the booked days and the control totals, as text. */
const TABLES = [
  'SELECT * FROM payment_transactions ORDER BY transaction_id, message_id',
  'SELECT run, kind, from_time, cut, booking_date, posted_at, rows_posted FROM posting_runs ORDER BY run',
  'SELECT * FROM posting_totals ORDER BY run, currency, kind',
  'SELECT source, line_number, line, line_bytes, line_sha256 FROM raw_messages ORDER BY source, line_number',
  'SELECT * FROM payment_journal ORDER BY journaled_at',
];

/** The store's content, a text for each table. */
export async function dumpLedger(directory: string): Promise<string[]> {
  const store = await openStore(directory, { readOnly: true });
  try {
    const dumps: string[] = [];
    for (const query of TABLES) dumps.push(JSON.stringify((await store.connection.runAndReadAll(query)).getRowsJson()));
    return dumps;
  } finally {
    store.close();
  }
}
