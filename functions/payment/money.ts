import { MAX_AMOUNT_MINOR } from '../limits.ts';

/** Why a text is no amount: not a plain decimal; digits smaller than the currency's minor unit; over MAX_AMOUNT_MINOR. */
export type AmountProblem = 'not_decimal' | 'too_precise' | 'too_large';

const DECIMAL = /^(0|[1-9][0-9]{0,17})(?:\.([0-9]{1,18}))?$/;
const ZEROS_ONLY = /^0*$/;

/**
 * Reads a decimal text (`10.5`, `10.50`, `0`) into minor units of a currency with that exponent, exactly. Zeros beyond the
 * exponent are fine; other digits there are refused, never rounded.
 */
export function parseAmount(text: string, exponent: number): bigint | AmountProblem {
  const match = DECIMAL.exec(text);
  if (match === null) return 'not_decimal';
  const fraction = match[2] ?? '';
  if (fraction.length > exponent && !ZEROS_ONLY.test(fraction.slice(exponent))) return 'too_precise';
  const minor = BigInt(match[1] + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return minor > MAX_AMOUNT_MINOR ? 'too_large' : minor;
}

/** Writes minor units in major units with all digits of the exponent: 1050 with exponent 2 is `10.50`, −5 is `-0.05`. */
export function formatMinor(minor: bigint, exponent: number): string {
  if (minor < 0n) return `-${formatMinor(-minor, exponent)}`;
  const digits = minor.toString();
  if (exponent === 0) return digits;
  const padded = digits.padStart(exponent + 1, '0');
  return `${padded.slice(0, -exponent)}.${padded.slice(-exponent)}`;
}
