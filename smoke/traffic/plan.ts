import { MICROS_PER_DAY, type Micros } from '../../functions/payment/time.ts';
import { decimalText } from '../../functions/simulator/money-text.ts';
import { Random } from '../../functions/simulator/random.ts';
import { EXPONENTS, inOtherOrder, paymentJson, type SmokeCurrency } from './payment-json.ts';
import { type ExpectedRow, type Planned, type Role, SMOKE_PREFIX, type Traffic } from './sent.ts';

export interface TrafficOptions {
  /** Unique: a run that repeats the ids of another publishes duplicates. */
  readonly run: string;
  /** At least LEAST_PAYMENTS. */
  readonly payments: number;
  readonly seed: number;
  /** By the clock of the books: an event_time is now, but for the late one. */
  readonly now: Micros;
}

/** Days; a watermark is 30 at most, so this is late on every stack. */
const LATE_BY = 45 * MICROS_PER_DAY;
/** Every so manieth payment is published again. */
const COPIED_EVERY = 4;

interface Made {
  readonly role: Role;
  readonly row: ExpectedRow & { readonly currency: SmokeCurrency };
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a run publishes, and what must become of each message. Amounts are below 1 EUR, 100 JPY and 1 BHD. Pure. */
export function planTraffic({ run, payments, seed, now }: TrafficOptions): Traffic {
  const prefix = `${SMOKE_PREFIX}${run}-`;
  const made = rows(prefix, payments, new Random(seed, 'smoke')).map(({ role, row }): Made => ({ role, row, json: paymentJson(row, role === 'late' ? now - LATE_BY : now) }));
  const [first] = made;
  const late = made.find(({ role }) => role === 'late')!;
  const copied = made.filter(({ role }, index) => role !== 'late' && index % COPIED_EVERY === 0);
  return {
    prefix,
    rows: made.map(({ row }) => row),
    waves: [
      [...made.map(original), poison(run), malformed(`${prefix}malformed`, first.json)],
      [...copied.map((one) => copy(one, 'duplicate')), { ...copy(late, 'late_duplicate'), outcome: 'late' }, conflict(first)],
    ],
  };
}

/** The first four after the first payment are a refund of it, yen, dinars and a late payment; all others are euros. */
const SORTS: readonly (readonly [Role, SmokeCurrency])[] = [['payment', 'EUR'], ['refund', 'EUR'], ['yen', 'JPY'], ['dinar', 'BHD'], ['late', 'EUR']];

function rows(prefix: string, payments: number, random: Random): Pick<Made, 'role' | 'row'>[] {
  const bought = BigInt(2 + random.below(98));
  return Array.from({ length: payments }, (_, index) => {
    const [role, currency] = SORTS[index] ?? (['payment', 'EUR'] as const);
    const refund = role === 'refund';
    const amount_minor = index === 0 ? bought : refund ? BigInt(1 + random.below(Number(bought) - 1)) : BigInt(1 + random.below(currency === 'BHD' ? 999 : 99));
    const row = {
      transaction_id: `${prefix}${String(index + 1).padStart(4, '0')}`,
      kind: refund ? ('refund' as const) : ('payment' as const),
      amount_minor,
      effect_minor: refund ? -amount_minor : amount_minor,
      currency,
      original_transaction_id: refund ? `${prefix}0001` : null,
      outcome: role === 'late' ? ('late' as const) : ('recorded' as const),
    };
    return { role, row };
  });
}

function original({ role, row, json }: Made): Planned {
  return { role, data: Buffer.from(JSON.stringify(json)), transaction_id: row.transaction_id, outcome: row.outcome, disposition: 'posted', fault: null };
}

function copy({ row, json }: Made, role: Role): Planned {
  return { role, data: Buffer.from(inOtherOrder(json)), transaction_id: row.transaction_id, outcome: 'duplicate', disposition: 'duplicate', fault: null };
}

/** The same payment with one cent more. */
function conflict({ row, json }: Made): Planned {
  return { role: 'conflict', data: Buffer.from(JSON.stringify({ ...json, amount: decimalText(row.amount_minor + 1n, EXPONENTS[row.currency]) })), transaction_id: row.transaction_id, outcome: 'conflict', disposition: 'conflict', fault: null };
}

function poison(run: string): Planned {
  return { role: 'poison', data: Buffer.from(`smoke ${run} is no JSON`), transaction_id: null, outcome: 'rejected', disposition: 'rejected', fault: 'not_json' };
}

function malformed(transaction_id: string, json: Readonly<Record<string, unknown>>): Planned {
  return { role: 'malformed', data: Buffer.from(JSON.stringify({ ...json, transaction_id, amount: '-1.00' })), transaction_id, outcome: 'rejected', disposition: 'rejected', fault: 'amount_negative' };
}
