import { auditLog } from './audit-log.ts';
import type { TableDescription } from './description.ts';
import { paymentJournal } from './payment-journal.ts';
import { paymentTransactions } from './payment-transactions.ts';
import { postingHead, postingRuns, postingTotals } from './posting.ts';
import { rawMessages, sourceCheckpoints, storeInfo } from './raw-messages.ts';
import { reconciliationBreaks, reconciliationRuns, reconciliationTotals } from './reconciliation.ts';

/** Every table of the product. */
export const TABLES: readonly TableDescription[] = [
  rawMessages,
  paymentJournal,
  paymentTransactions,
  postingHead,
  postingRuns,
  postingTotals,
  reconciliationRuns,
  reconciliationTotals,
  reconciliationBreaks,
  auditLog,
  sourceCheckpoints,
  storeInfo,
];
