import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import type { Micros } from '../../functions/payment/time.ts';
import type { JournalLine } from '../../functions/pipeline/journal-line.ts';
import type { Journal, SqlRow } from '../../functions/ports.ts';

const RECEIVED = 1_700_000_000_000_000;

/** A line as the pipeline makes it, of a payment or of a message that was rejected. */
export function line(id: string, received_at: Micros = RECEIVED, change: Record<string, unknown> = {}): JournalLine {
  const data = Buffer.from(JSON.stringify({ transaction_id: `t-${id}`, event_time: '2023-11-14T22:13:20+02:00', amount: '10.50', currency: 'EUR', customer_id: 'c', merchant_id: 'm', ...change }));
  const decoded = decodePayment(data, { identity_scope: 'transaction_id', producer: null });
  return {
    message: {
      message_id: id, data, data_sha256: createHash('sha256').update(data).digest(), attributes: {}, published_at: RECEIVED, received_at, clock_skew: false,
      source: 'test', line_number: 7, fault: null, dead_letter_published_at: null, redrive_of: null,
    },
    outcome: decoded.payment ? 'recorded' : 'rejected',
    claim_owner: null,
    payment: decoded.payment,
    fraud: decoded.payment ? { score: 12, reasons: ['amount_round', 'night_hours'], rules_version: '1' } : null,
    flags: [],
    faults: decoded.faults ?? [],
    readable_transaction_id: decoded.payment ? null : decoded.readable_transaction_id,
    payload: decoded.payment ? decoded.payment.payload : decoded.payload,
  };
}

/** An empty journal, and a way to read its rows in the order of their stamps. */
export interface OpenedJournal {
  readonly journal: Journal;
  rows(): Promise<SqlRow[]>;
  /** The store's own clock. */
  now(): Promise<Micros>;
  close(): Promise<void>;
}

/**
 * Who stamps lines. *single_writer*: the one writer of an embedded store, so stamps are unique, in the order of appending, and never before
 * the message. *store*: the store itself, by its clock; lines of one call may share a stamp, and calls may overtake each other.
 */
export type Stamps = 'single_writer' | 'store';

/** In what journals differ. */
export interface JournalKind {
  readonly stamps: Stamps;
  /** More lines than it writes at once. */
  readonly many_lines: number;
}

/** What every journal must do; of stamps, what its kind promises. */
export function journalContract({ stamps, many_lines }: JournalKind, open: () => Promise<OpenedJournal>): void {
  test('keeps every field of a payment', async () => {
    const { journal, rows, close } = await open();
    await journal.append([line('a')]);
    const [row] = await rows();
    expect(row).toMatchObject({
      message_id: 'a', outcome: 'recorded', published_at: RECEIVED, dead_letter_published_at: null, source: 'test', line_number: 7n, claim_owner: null, flags: null, faults: null,
      transaction_id: 't-a', fingerprint_version: 'v1', kind: 'payment', amount: '10.500000000', amount_minor: 1050n, effect_minor: 1050n, currency: 'EUR',
      event_time: Date.parse('2023-11-14T20:13:20Z') * 1_000, event_time_offset: '+02:00', customer_id: 'c', merchant_id: 'm', original_transaction_id: null,
      fraud_score: 12n, fraud_reasons: 'amount_round,night_hours', fraud_rules_version: '1', payload: line('a').payload,
    });
    expect(Buffer.from(row.identity_key as Uint8Array)).toEqual(createHash('sha256').update('t-a').digest().subarray(0, 16));
    expect(Buffer.from(row.data_sha256 as Uint8Array)).toEqual(line('a').message.data_sha256);
    expect(Buffer.from(row.fingerprint as Uint8Array)).toEqual(line('a').payment?.fingerprint);
    await close();
  });

  test('keeps a rejected message with its faults, and no field of a payment', async () => {
    const { journal, rows, close } = await open();
    await journal.append([line('a', RECEIVED, { amount: 10.5 })]);
    const [row] = await rows();
    expect(row).toMatchObject({ outcome: 'rejected', transaction_id: 't-a', identity_key: null, fingerprint: null, fingerprint_version: null, kind: null, amount: null, amount_minor: null, currency: null, event_time: null, fraud_score: null });
    expect(JSON.parse(row.faults as string)).toMatchObject([{ field: 'amount' }]);
    await close();
  });

  test.each([
    ['JPY', '1050', '1050.000000000', 1050n],
    ['BHD', '10.501', '10.501000000', 10501n],
    ['EUR', '9999999999999.99', '9999999999999.990000000', 999_999_999_999_999n],
    ['EUR', '0', '0.000000000', 0n],
  ])('keeps %s %s to the minor unit', async (currency, amount, numeric, minor) => {
    const { journal, rows, close } = await open();
    await journal.append([line('a', RECEIVED, { currency, amount })]);
    expect((await rows())[0]).toMatchObject({ amount: numeric, amount_minor: minor, effect_minor: minor });
    await close();
  });

  test('takes a refund away', async () => {
    const { journal, rows, close } = await open();
    await journal.append([line('a', RECEIVED, { kind: 'refund', original_transaction_id: 'x' })]);
    expect((await rows())[0]).toMatchObject({ kind: 'refund', amount: '10.500000000', amount_minor: 1050n, effect_minor: -1050n, original_transaction_id: 'x' });
    await close();
  });

  if (stamps === 'single_writer') stampsOfOneWriter(open);
  else stampsOfTheStore(open);

  test('a line written twice is there twice: appending is at least once', async () => {
    const { journal, rows, close } = await open();
    await journal.append([line('a')]);
    await journal.append([line('a')]);
    expect(await rows()).toHaveLength(2);
    await close();
  });

  test('takes more lines than it writes at once, and none', async () => {
    const { journal, rows, close } = await open();
    await journal.append([]);
    await journal.append(Array.from({ length: many_lines }, (_, index) => line(String(index))));
    expect(await rows()).toHaveLength(many_lines);
    await close();
  });
}

/** Stamps of a single writer: strictly increasing. */
function stampsOfOneWriter(open: () => Promise<OpenedJournal>): void {
  test('stamps every line, in the order of appending, none twice, none before its message', async () => {
    const { journal, rows, close } = await open();
    await journal.append([line('a'), line('b'), line('c', RECEIVED + 50)]);
    await journal.append([line('d', RECEIVED - 1_000), line('e', RECEIVED + 51)]);
    const found = await rows();
    expect(found.map((row) => row.message_id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const stamps = found.map((row) => row.journaled_at as number);
    expect(new Set(stamps).size).toBe(5);
    expect(stamps[0]).toBeGreaterThanOrEqual(RECEIVED);
    await close();
  });
}

/** Stamps of the store: between what its clock said before and after, on every line. No order, and not unique. */
function stampsOfTheStore(open: () => Promise<OpenedJournal>): void {
  test('stamps every line by the store\'s own clock, whatever the handler\'s says', async () => {
    const { journal, rows, now, close } = await open();
    const before = await now();
    await journal.append([line('a'), line('b', RECEIVED - 1_000)]);
    await journal.append([line('c', RECEIVED + 50)]);
    const after = await now();
    const found = (await rows()).map((row) => row.journaled_at as number);
    expect(found).toHaveLength(3);
    expect(found.filter((stamp) => !(stamp >= before && stamp <= after))).toEqual([]);
    await close();
  });
}
