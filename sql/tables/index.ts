import { auditLog } from './audit-log.ts';
import type { TableDescription } from './description.ts';
import { paymentJournal } from './payment-journal.ts';
import { paymentTransactions } from './payment-transactions.ts';
import { postingHead, postingRuns, postingTotals } from './posting.ts';
import { jobRuns } from './job-runs.ts';
import { rawMessages, rawMessagesFromPubsub, sourceCheckpoints, storeInfo } from './raw-messages.ts';
import { reconciliationBreaks, reconciliationHead, reconciliationRuns, reconciliationTotals } from './reconciliation.ts';

/** Every table of the product, of both targets. */
const ALL: readonly TableDescription[] = [
  rawMessages,
  rawMessagesFromPubsub,
  paymentJournal,
  paymentTransactions,
  postingHead,
  postingRuns,
  postingTotals,
  reconciliationHead,
  reconciliationRuns,
  reconciliationTotals,
  reconciliationBreaks,
  auditLog,
  jobRuns,
  sourceCheckpoints,
  storeInfo,
];

/** The tables on one machine. */
export const TABLES: readonly TableDescription[] = ALL.filter(({ only }) => only !== 'google');

/** The tables on Google Cloud. */
export const GOOGLE_TABLES: readonly TableDescription[] = ALL.filter(({ only }) => only !== 'embedded');
