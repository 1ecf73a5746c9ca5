/** A slow, literal reading of the payment format, that shares no code with the product or the simulator. Null: rejected. */
export interface NaivePayment {
  readonly transaction_id: string;
  readonly kind: string;
  readonly minor: bigint;
  readonly currency: string;
  readonly customer_id: string;
  readonly merchant_id: string;
  readonly original: string | null;
  readonly date: string;
  readonly micros: bigint;
}

const EXPONENTS: Readonly<Record<string, number>> = {
  EUR: 2, USD: 2, GBP: 2, JPY: 0, PLN: 2, SEK: 2, CHF: 2, BRL: 2, DKK: 2, NOK: 2, CZK: 2, HUF: 2, RON: 2, ISK: 0, CAD: 2, CLP: 0,
  MXN: 2, KWD: 3, BHD: 3, TND: 3, AED: 2, INR: 2, KRW: 0, AUD: 2, NZD: 2, SGD: 2, HRK: 2,
};
const KINDS = ['payment', 'refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback', 'fee', 'payout'];

export function readNaively(data: Uint8Array): NaivePayment | null {
  try {
    return read(data);
  } catch {
    return null;
  }
}

function read(data: Uint8Array): NaivePayment {
  must(data.length <= 65_536);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(data);
  const value = JSON.parse(text) as Record<string, unknown>;
  must(typeof value === 'object' && value !== null && !Array.isArray(value));
  must(depthOf(value) <= 8);
  // The payments of these tests repeat no key in metadata or unknown fields, so the top level is enough.
  must(topLevelKeys(text).length === Object.keys(value).length);
  must(/\\u(?:d[89a-f])/i.exec(JSON.stringify(value)) === null);
  const kind = (value['kind'] ?? 'payment') as string;
  must(KINDS.includes(kind));
  const currency = value['currency'] as string;
  const exponent = EXPONENTS[currency];
  must(exponent !== undefined);
  const { micros, date } = readTime(value['event_time'] as string);
  must(currency !== 'HRK' || date < '2023-01-01');
  const metadata = (value['metadata'] ?? {}) as Record<string, string>;
  must(Object.keys(metadata).length <= 20 && Object.values(metadata).every((one) => one.length <= 500));
  return {
    transaction_id: id(value['transaction_id']),
    kind,
    minor: readAmount(value, text, exponent as number),
    currency,
    customer_id: id(value['customer_id']),
    merchant_id: id(value['merchant_id']),
    original: value['original_transaction_id'] === undefined ? null : id(value['original_transaction_id']),
    date,
    micros,
  };
}

function readAmount(value: Record<string, unknown>, text: string, exponent: number): bigint {
  const amounts: bigint[] = [];
  if ('amount' in value) {
    must(typeof value['amount'] === 'string');
    const [, whole, fraction = ''] = /^(0|[1-9][0-9]{0,17})(?:\.([0-9]{1,18}))?$/.exec(value['amount'] as string) as unknown as string[];
    must(/^0*$/.test(fraction.slice(exponent)));
    amounts.push(BigInt((whole as string) + fraction.slice(0, exponent).padEnd(exponent, '0')));
  }
  if ('amount_minor' in value) {
    must(value['amount_exponent'] === exponent);
    amounts.push(BigInt((/"amount_minor"\s*:\s*([0-9]+)\s*[,}]/.exec(text) as unknown as string[])[1] as string));
  }
  must(amounts.length > 0 && amounts.every((amount) => amount === amounts[0] && amount <= 10n ** 15n));
  return amounts[0] as bigint;
}

function readTime(text: string): { micros: bigint; date: string } {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text) as unknown as string[];
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const calendar = new Date(Date.UTC(year, month - 1, day));
  must(calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60);
  const zone = parts[8] as string;
  const offset = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const seconds = Date.UTC(year, month - 1, day, hour, minute - offset, second) / 1000;
  const micros = BigInt(seconds) * 1_000_000n + BigInt((parts[7] ?? '').slice(0, 6).padEnd(6, '0'));
  return { micros, date: new Date(seconds * 1000).toISOString().slice(0, 10) };
}

function id(value: unknown): string {
  must(typeof value === 'string' && value.length >= 1 && value.length <= 200);
  must(!/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value as string));
  return value as string;
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

/** The keys of the outermost object as they stand in the text, repeated ones included. */
function topLevelKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) keys.push(token);
  }
  return keys;
}

function must(holds: boolean): asserts holds {
  if (!holds) throw new Error('rejected');
}
