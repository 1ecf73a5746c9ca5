import { currencyByCode } from '../../payment/currencies.ts';

/** Decimal digits of NUMERIC(38,9): sums are kept as integers of 10⁻⁹. */
const SCALE = 9;
const NUMERIC = /^(-?)(\d+)(?:\.(\d{1,9})0*)?$/;

/** Reads the text of a NUMERIC (major units) as an exact integer of 10⁻⁹. Throws TypeError where it is no plain decimal. */
export function toUnits(numeric: string): bigint {
  const match = NUMERIC.exec(numeric);
  if (match === null) throw new TypeError(`not a decimal number: ${numeric}`);
  const units = BigInt(match[2]! + (match[3] ?? '').padEnd(SCALE, '0'));
  return match[1] === '-' ? -units : units;
}

/**
 * Writes an integer of 10⁻⁹ in major units with the digits of the currency (ISO 4217: 2 for EUR, 0 for JPY, 3 for BHD).
 * Digits beyond that are kept where they are not zero: a report never rounds.
 */
export function decimalText(units: bigint, currency: string): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const exponent = currencyByCode(currency)?.exponent ?? 0;
  const fraction = digits.slice(-SCALE).replace(/0+$/, '').padEnd(exponent, '0');
  return `${sign}${digits.slice(0, -SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A NUMERIC's text with the digits of its currency. */
export function moneyText(numeric: string, currency: string): string {
  return decimalText(toUnits(numeric), currency);
}

/** True for `0`, `0.00`, `-0.000`: nothing is left. */
export function isZero(decimal: string): boolean {
  return !/[1-9]/.test(decimal);
}
