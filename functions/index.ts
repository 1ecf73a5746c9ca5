export { keepDeadLetter } from './wiring/keep-dead-letter.ts';
export { postLedger } from './wiring/post-ledger.ts';
export { processPayment } from './wiring/process-payment.ts';
export { processRedrive } from './wiring/process-redrive.ts';
export { sweepLate } from './wiring/sweep-late.ts';
