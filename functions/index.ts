export { keepDeadLetter } from './wiring/keep-dead-letter.ts';
export { postLedger } from './wiring/post-ledger.ts';
export { processPayment } from './wiring/process-payment.ts';
export { processRedrive } from './wiring/process-redrive.ts';
export { publishReport } from './wiring/publish-report.ts';
export { reconcile } from './wiring/reconcile.ts';
export { sweepLate } from './wiring/sweep-late.ts';
