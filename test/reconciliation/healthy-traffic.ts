import { payment, type Published, pushLine } from './published.ts';

const HOUR = 3_600;

/** Money movements of every kind, in currencies of 0, 2 and 3 decimals, written in each way that the format knows. */
const ORDINARY: readonly Published[] = [
  ...Array.from({ length: 20 }, (_, index) => ({ id: `m-p-${index + 1}`, at: 30 * index, data: payment(`p-${index + 1}`, 30 * index, { amount: `${index + 20}.50` }) })),
  { id: 'm-refund', at: 600, data: payment('refund-1', 600, { kind: 'refund', amount: '5.00', original_transaction_id: 'p-1' }) },
  { id: 'm-reversal', at: 660, data: payment('reversal-1', 660, { kind: 'refund_reversal', amount: '1.00', original_transaction_id: 'p-1' }) },
  { id: 'm-chargeback', at: 720, data: payment('chargeback-1', 720, { kind: 'chargeback', amount: '21.50', original_transaction_id: 'p-2' }) },
  { id: 'm-chargeback-reversal', at: 780, data: payment('chargeback-2', 780, { kind: 'chargeback_reversal', amount: '21.50', original_transaction_id: 'p-2' }) },
  { id: 'm-second', at: 840, data: payment('chargeback-3', 840, { kind: 'second_chargeback', amount: '21.50', original_transaction_id: 'p-2' }) },
  { id: 'm-fee', at: 900, data: payment('fee-1', 900, { kind: 'fee', amount: '0.35' }) },
  { id: 'm-payout', at: 960, data: payment('payout-1', 960, { kind: 'payout', amount: '100' }) },
  { id: 'm-yen', at: 1_020, data: payment('yen-1', 1_020, { amount: '1200', currency: 'JPY' }) },
  { id: 'm-yen-refund', at: 1_080, data: payment('yen-2', 1_080, { amount: '200.00', currency: 'JPY', kind: 'refund', original_transaction_id: 'yen-1' }) },
  { id: 'm-dinar', at: 1_140, data: payment('dinar-1', 1_140, { amount: '7.125', currency: 'BHD' }) },
  { id: 'm-dinar-minor', at: 1_200, data: payment('dinar-2', 1_200, { amount: undefined, amount_minor: 4250, amount_exponent: 3, currency: 'BHD' }) },
  { id: 'm-minor', at: 1_260, data: payment('minor-1', 1_260, { amount: undefined, amount_minor: 1999, amount_exponent: 2 }) },
  { id: 'm-zero', at: 1_320, data: payment('zero-1', 1_320, { amount: '0.00' }) },
  { id: 'm-escapes', at: 1_380, data: payment('é "quoted" \\ 漢字', 1_380, { amount: '3.30' }) },
];

/** Copies: republished, written otherwise, re-dated, late; and one message delivered again. */
const COPIES: readonly (Published | string)[] = [
  { id: 'm-p-1-again', at: 2_000, data: payment('p-1', 0, { amount: '20.50' }) },
  { id: 'm-p-2-again', at: 2_060, data: payment('p-2', 30, { amount: '21.5' }) },
  { id: 'm-p-3-redated', at: 2_120, data: payment('p-3', 2_110, { amount: '22.50' }) },
  { id: 'm-yen-again', at: 2_180, data: payment('yen-1', 1_020, { amount: '1200', currency: 'JPY' }) },
  { id: 'm-p-4', at: 90, data: payment('p-4', 90, { amount: '23.50' }) },
  { id: 'm-p-5', at: 120, data: payment('p-5', 120, { amount: '24.50' }) },
  { id: 'm-refund', at: 600, data: payment('refund-1', 600, { kind: 'refund', amount: '5.00', original_transaction_id: 'p-1' }) },
  JSON.stringify(payment('bare-1', 2_240)),
  JSON.stringify(payment('bare-1', 2_240)),
];

/** Copies with other money facts, and messages that hold no payment. */
const FAULTY: readonly (Published | string)[] = [
  { id: 'm-p-5-tip', at: 2_400, data: payment('p-5', 2_400, { amount: '25.00' }) },
  { id: 'm-p-6-usd', at: 2_460, data: payment('p-6', 2_460, { amount: '25.50', currency: 'USD' }) },
  { id: 'm-p-7-refund', at: 2_520, data: payment('p-7', 2_520, { amount: '26.50', kind: 'refund' }) },
  { id: 'm-no-customer', at: 2_580, data: payment('rejected-1', 2_580, { customer_id: undefined }) },
  { id: 'm-no-currency', at: 2_640, data: payment('rejected-2', 2_640, { currency: 'XAU' }) },
  { id: 'm-no-json', at: 2_700, data: '{"transaction_id":"rejected-3","amount":"5' },
  'no message at all',
];

/** A day later: late payments, dead letters, a message id used again. */
const LATER: readonly (Published | string)[] = [
  { id: 'm-on-time', at: 24 * HOUR, data: payment('on-time-1', 24 * HOUR) },
  { id: 'm-late', at: 24 * HOUR + 60, data: payment('late-1', 20 * HOUR, { amount: '64.00' }) },
  { id: 'm-late-yen', at: 24 * HOUR + 120, data: payment('late-2', 21 * HOUR, { amount: '640', currency: 'JPY' }) },
  { id: 'm-late-copy', at: 24 * HOUR + 180, data: payment('p-8', 210, { amount: '27.50' }) },
  { id: 'm-late-conflict', at: 24 * HOUR + 190, data: payment('late-1', 20 * HOUR, { amount: '65.00' }) },
  { id: 'm-dead-original', at: 24 * HOUR + 240, data: payment('dead-1', 24 * HOUR + 240, { amount: '31.00' }) },
  { id: 'm-dead-letter', at: 26 * HOUR, data: payment('dead-1', 24 * HOUR + 240, { amount: '31.00' }), dead_letter_of: 24 * HOUR + 240 },
  { id: 'm-dead-letter', at: 26 * HOUR, data: payment('dead-1', 24 * HOUR + 240, { amount: '31.00' }), dead_letter_of: 24 * HOUR + 240 },
  { id: 'm-dead-alone', at: 26 * HOUR + 60, data: payment('dead-2', 24 * HOUR + 300, { amount: '32.00' }), dead_letter_of: 24 * HOUR + 300 },
  { id: 'm-dead-copy', at: 26 * HOUR + 120, data: payment('p-1', 0, { amount: '20.50' }), dead_letter_of: 24 * HOUR + 360 },
  { id: 'm-reused', at: 26 * HOUR + 180, data: payment('reused-1', 26 * HOUR + 180) },
  { id: 'm-reused', at: 26 * HOUR + 240, data: payment('reused-2', 26 * HOUR + 240, { amount: '11.00' }) },
  { id: 'm-p-4', at: 26 * HOUR + 300, data: payment('p-4', 90, { amount: '23.50' }) },
  { id: 'm-last', at: 28 * HOUR, data: payment('last-1', 28 * HOUR) },
];

/** About sixty messages of all dispositions but *pending* and *missing*, as lines of a file. */
export const HEALTHY_TRAFFIC: readonly string[] = [...ORDINARY, ...COPIES, ...FAULTY, ...LATER].map((line) => (typeof line === 'string' ? line : pushLine(line)));

/** Physical lines, from 1, of the first bare payment and of the line that is nothing. */
export const BARE_LINE = HEALTHY_TRAFFIC.findIndex((line) => line.startsWith('{"transaction_id"')) + 1;
export const NOTHING_LINE = HEALTHY_TRAFFIC.indexOf('no message at all') + 1;
