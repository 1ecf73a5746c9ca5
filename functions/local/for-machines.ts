import { formatMicros } from '../payment/time.ts';

/** A row as JSON gives it: times as RFC 3339, bytes as hex, integers that a JSON number holds exactly as numbers. */
export function forMachines(row: object, isTime: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueForMachines(value, isTime(name))]));
}

function valueForMachines(value: unknown, isTime: boolean): unknown {
  if (typeof value === 'number' && isTime) return formatMicros(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value === null || typeof value !== 'object') return value;
  return String(value);
}
