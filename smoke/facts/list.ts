/** What is asked of the payments that the run publishes, in the order in which it comes about; what to look at where it doesn't hold. */
export const FACTS = {
  'journal-lines': {
    asks: 'whether each message has a line in the journal, with the outcome that it must have',
    next: 'docs/runbooks/oldest-unacked.md, push-refused.md and errors.md: the subscription payments-process pushes to payments-process-payment, which claims in Firestore and appends to payment_journal.',
  },
  'rows-visible': {
    asks: 'whether a line shows in the journal within the 60 s that a posting leaves alone',
    next: 'Raise payments:settle above what was seen, so that a posting sees all lines before its cut.',
  },
  'live-view': {
    asks: 'whether each payment shows in payment_transactions_live, once, with its money',
    next: 'The views of the dataset payments: `pulumi up` makes them anew.',
  },
  archive: {
    asks: 'whether the raw archive holds each message, byte for byte',
    next: 'docs/runbooks/archive-stopped.md: the subscription payments-archive writes into payments.raw_messages.',
  },
  'two-postings': {
    asks: 'whether two postings at once, by the scheduler, post each payment once, with its money',
    next: 'docs/runbooks/posting-stopped.md and job-failed.md: the scheduler calls payments-post-ledger.',
  },
  'one-row-a-payment': {
    asks: 'whether the whole ledger has as many rows as payments',
    next: 'Pause post-ledger, sweep-late and audit-unposted at once, and see docs/runbooks/books-changed.md: who wrote to the ledger besides the postings?',
  },
  'control-totals': {
    asks: 'whether count, gross and net by currency and kind are what was published',
    next: 'Compare payment_transactions with payment_journal, by the ids of this run.',
  },
  'posting-runs': {
    asks: 'whether each posting that was committed has a number and an attempt of its own',
    next: 'docs/runbooks/posting-stopped.md: posting_head must have one row.',
  },
  'rejected-acknowledged': {
    asks: 'whether what holds no payment is rejected by name, and was acknowledged: it did not come again, and is no dead letter',
    next: 'docs/runbooks/dead-letters.md; a message that holds no payment is answered 204.',
  },
  dispositions: {
    asks: 'whether each message has the one disposition that it must have',
    next: 'docs/exactly-once.md has the rules; payments.message_dispositions is the view.',
  },
  reconciliation: {
    asks: 'whether a reconciliation sees everything, and breaks name nothing of this run but its conflict and its rejects',
    next: 'docs/runbooks/not-reconciled.md; reconciliation_runs.reason says what was not seen.',
  },
  books: {
    asks: 'whether the checks on the books (sql/checks) hold',
    next: 'docs/runbooks/not-reconciled.md; each check is a file of sql/checks, and its rows are the fault.',
  },
} as const satisfies Readonly<Record<string, { readonly asks: string; readonly next: string }>>;

export type FactName = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS) as FactName[];
