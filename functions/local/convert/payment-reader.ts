import { decodePayment } from '../../payment/decode-payment.ts';
import type { Fault } from '../../payment/fault.ts';
import type { Payment } from '../../payment/payment.ts';
import type { Layout } from './columns.ts';
import { TEXT_FIELDS, type FieldSources } from './map-schema.ts';
import { amountReader, publishedAmount } from './read-amount.ts';
import { kindReader } from './read-kind.ts';
import { textReader, type Cells, type FieldReader } from './read-text.ts';
import { rowFault } from './row-faults.ts';
import { timeFieldReader, type ClockChangeSeen } from './read-time.ts';

/** The payment that a row holds; null where a fault was added, or where the row has no amount and may do without. */
export type PaymentReader = (cells: Cells, faults: Fault[], seen: ClockChangeSeen) => Payment | null;

/** The claim's rules don't matter here: ids are compared within one file. */
const RULES = { identity_scope: 'transaction_id', producer: null } as const;

/**
 * Makes the reader of one payment of a row. What it returns went through the pipeline's own decoding, so that every payment
 * written is one that ingesting accepts.
 * @param mayBeAbsent no payment, and no fault, where the amount is empty or zero (a fee that wasn't charged)
 */
export function paymentReader(fields: FieldSources, layout: Layout, mayBeAbsent: boolean): PaymentReader {
  const text = (field: 'transaction_id' | 'currency' | 'customer_id' | 'merchant_id') => textReader(field, fields[field], layout, true);
  const readId = text('transaction_id');
  const readCurrency = text('currency');
  const readCustomer = text('customer_id');
  const readMerchant = text('merchant_id');
  const readTime = timeFieldReader('event_time', fields.event_time, layout, true);
  const readAmount = amountReader(fields.amount, layout);
  const readKind = kindReader(fields.kind ?? { constant: 'payment' }, fields.amount.sign, layout);
  const readOthers = otherFields(fields, layout);

  return (cells, faults, seen) => {
    const before = faults.length;
    const written = readAmount(cells, faults);
    if (mayBeAbsent && (written === 'empty' || (written !== null && written.sign === 'zero'))) return null;
    if (written === 'empty') faults.push(rowFault('field_empty', 'amount', ''));
    const amount = written === 'empty' ? null : written;
    // ISO 4217 writes its codes in capitals; exports often don't.
    const currency = readCurrency(cells, faults)?.toUpperCase() ?? null;
    const object: Record<string, unknown> = {
      transaction_id: readId(cells, faults),
      event_time: readTime(cells, faults, seen),
      kind: amount && readKind(cells, amount.sign, faults),
      amount: amount && currency && publishedAmount(amount, fields.amount, currency, faults),
      currency,
      customer_id: readCustomer(cells, faults),
      merchant_id: readMerchant(cells, faults),
    };
    readOthers(object, cells, faults, seen);
    return faults.length > before ? null : decode(object, faults);
  };
}

function decode(object: Readonly<Record<string, unknown>>, faults: Fault[]): Payment | null {
  const decoded = decodePayment(Buffer.from(JSON.stringify(object)), RULES);
  if (decoded.faults !== null) faults.push(...decoded.faults);
  return decoded.payment;
}

type OtherFields = (object: Record<string, unknown>, cells: Cells, faults: Fault[], seen: ClockChangeSeen) => void;

/** Fields that a payment can do without: left out where the row has nothing. */
function otherFields(fields: FieldSources, layout: Layout): OtherFields {
  const texts: [string, FieldReader][] = TEXT_FIELDS.flatMap((name) => {
    const source = fields[name];
    return source ? [[name, textReader(name, source, layout, false)] as [string, FieldReader]] : [];
  });
  const metadata = Object.entries(fields.metadata ?? {}).map(([key, source]): [string, FieldReader] => [key, textReader(`metadata.${key}`, source, layout, false)]);
  const readCaptured = fields.captured_at && timeFieldReader('captured_at', fields.captured_at, layout, false);
  return (object, cells, faults, seen) => {
    put(object, texts, cells, faults);
    const captured = readCaptured?.(cells, faults, seen) ?? null;
    if (captured !== null) object.captured_at = captured;
    const kept = Object.create(null) as Record<string, unknown>; // a key may be __proto__
    put(kept, metadata, cells, faults);
    if (Object.keys(kept).length > 0) object.metadata = kept;
  };
}

function put(object: Record<string, unknown>, readers: readonly [string, FieldReader][], cells: Cells, faults: Fault[]): void {
  for (const [name, read] of readers) {
    const text = read(cells, faults);
    if (text !== null) object[name] = text;
  }
}
