import { FINGERPRINT_VERSION } from '../payment/fingerprint.ts';
import type { Payment } from '../payment/payment.ts';
import type { Micros } from '../payment/time.ts';
import type { JournalLine } from '../pipeline/journal-line.ts';

/** Bytes of the identity's hash in journal and ledger. */
const IDENTITY_KEY_BYTES = 16;
/** Digits of fraction in NUMERIC(38,9). */
export const NUMERIC_SCALE = 9;

interface ColumnOf<Type extends string, Value> {
  readonly name: string;
  readonly type: Type;
  readonly value: (line: JournalLine) => Value | null;
}

/** What a journal line writes into one column. A NUMERIC comes as a whole number of its smallest step, 10⁻⁹. */
export type JournalColumn =
  | ColumnOf<'STRING', string>
  | ColumnOf<'BYTES', Uint8Array>
  | ColumnOf<'TIMESTAMP', Micros>
  | ColumnOf<'INT64', bigint>
  | ColumnOf<'NUMERIC(38,9)', bigint>;

/**
 * `payment_journal`, column by column, as every store writes it; only `journaled_at` is missing, which the store stamps itself.
 * In the order of sql/tables/payment-journal.ts; a test compares the two.
 */
export const JOURNAL_COLUMNS: readonly JournalColumn[] = [
  text('message_id', (line) => line.message.redrive_of ?? line.message.message_id),
  bytes('data_sha256', (line) => line.message.data_sha256),
  text('outcome', (line) => line.outcome),
  time('published_at', (line) => line.message.published_at),
  time('dead_letter_published_at', (line) => line.message.dead_letter_published_at),
  text('source', (line) => line.message.source),
  integer('line_number', (line) => (line.message.line_number === null ? null : BigInt(line.message.line_number))),
  text('claim_owner', (line) => line.claim_owner),
  text('flags', (line) => joined(line.flags)),
  text('faults', (line) => (line.faults.length === 0 ? null : JSON.stringify(line.faults))),
  text('transaction_id', (line) => line.payment?.transaction_id ?? line.readable_transaction_id),
  bytes('identity_key', (line) => line.payment?.identity.subarray(0, IDENTITY_KEY_BYTES) ?? null),
  bytes('fingerprint', (line) => line.payment?.fingerprint ?? null),
  text('fingerprint_version', (line) => (line.payment ? FINGERPRINT_VERSION : null)),
  text('kind', (line) => line.payment?.kind ?? null),
  { name: 'amount', type: 'NUMERIC(38,9)', value: (line) => (line.payment ? majorUnits(line.payment) : null) },
  integer('amount_minor', (line) => line.payment?.amount_minor ?? null),
  integer('effect_minor', (line) => line.payment?.effect_minor ?? null),
  text('currency', (line) => line.payment?.currency ?? null),
  time('event_time', (line) => line.payment?.event_time ?? null),
  text('event_time_offset', (line) => line.payment?.event_time_offset ?? null),
  text('customer_id', (line) => line.payment?.customer_id ?? null),
  text('merchant_id', (line) => line.payment?.merchant_id ?? null),
  text('original_transaction_id', (line) => line.payment?.original_transaction_id ?? null),
  text('payment_method', (line) => line.payment?.payment_method ?? null),
  text('country', (line) => line.payment?.country ?? null),
  text('region', (line) => line.payment?.region ?? null),
  text('producer', (line) => line.payment?.producer ?? null),
  integer('fraud_score', (line) => (line.fraud ? BigInt(line.fraud.score) : null)),
  text('fraud_reasons', (line) => (line.fraud ? joined(line.fraud.reasons) : null)),
  text('fraud_rules_version', (line) => line.fraud?.rules_version ?? null),
  text('payload', (line) => line.payload),
];

function text(name: string, value: (line: JournalLine) => string | null): JournalColumn {
  return { name, type: 'STRING', value };
}

function bytes(name: string, value: (line: JournalLine) => Uint8Array | null): JournalColumn {
  return { name, type: 'BYTES', value };
}

function time(name: string, value: (line: JournalLine) => Micros | null): JournalColumn {
  return { name, type: 'TIMESTAMP', value };
}

function integer(name: string, value: (line: JournalLine) => bigint | null): JournalColumn {
  return { name, type: 'INT64', value };
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(',');
}

/** By a currency's exponent: the smallest steps of a NUMERIC in one of its minor units. Exponents go to 4, so nothing is lost. */
const STEPS_IN_MINOR = Array.from({ length: NUMERIC_SCALE + 1 }, (_, exponent) => 10n ** BigInt(NUMERIC_SCALE - exponent));

/** The amount in major units. */
function majorUnits({ amount_minor, exponent }: Payment): bigint {
  return amount_minor * STEPS_IN_MINOR[exponent];
}
