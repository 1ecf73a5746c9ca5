import { MAX_AMOUNT_MINOR } from '../limits.ts';
import type { Currency } from './currencies.ts';
import type { Fault } from './fault.ts';
import { describe, fault, printable } from './found.ts';
import { numberSource, type JsonObject } from './json-text.ts';
import { formatMinor, parseAmount, type AmountProblem } from './money.ts';

const PLAIN_INTEGER = /^(0|[1-9][0-9]*)$/;
const NEGATIVE = /^-/;
const CODE_OF_PROBLEM = { not_decimal: 'amount_not_decimal', too_precise: 'amount_too_precise', too_large: 'amount_too_large' } as const;
/** Stands in for the currency's exponent where the currency can't be read, so that the amount's form is still checked. */
const LARGEST_EXPONENT = 18;

/**
 * Reads the amount, in minor units: from `amount`, or from `amount_minor` with `amount_exponent`; where both are given they must agree.
 * Adds faults and answers null where it can't be.
 */
export function checkAmount(payment: JsonObject, text: string, currency: Currency | null, faults: Fault[]): bigint | null {
  const { amount, amount_minor, amount_exponent } = payment;
  const decimal = isLeftOut(amount) ? null : checkDecimal(amount, text, currency, faults);
  if (isLeftOut(amount_minor) && isLeftOut(amount_exponent)) {
    if (isLeftOut(amount)) faults.push(fault('amount_missing', 'amount', 'nothing'));
    return decimal;
  }
  const faultsBefore = faults.length;
  checkExponent(amount_exponent, text, currency, faults);
  const minor = isLeftOut(amount_minor) ? null : checkMinor(amount_minor, text, faults);
  if (isLeftOut(amount_minor) && isLeftOut(amount)) faults.push(fault('amount_missing', 'amount', 'amount_exponent alone'));
  if (decimal !== null && minor !== null && decimal !== minor && currency !== null && faults.length === faultsBefore) {
    const found = `amount ${formatMinor(decimal, currency.exponent)}, amount_minor ${formatMinor(minor, currency.exponent)}`;
    faults.push(fault('amounts_disagree', 'amount', found));
  }
  return minor ?? decimal;
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null;
}

function checkDecimal(value: unknown, text: string, currency: Currency | null, faults: Fault[]): bigint | null {
  if (typeof value === 'string') {
    const parsed = parseAmount(value, currency?.exponent ?? LARGEST_EXPONENT);
    if (typeof parsed === 'bigint') return parsed;
    if (parsed !== 'too_large' || currency !== null) faults.push(explainDecimal(value, parsed, currency));
    return null;
  }
  if (typeof value === 'number') faults.push(...explainFloat(numberSource(text, 'amount') ?? String(value)));
  else faults.push(fault('wrong_type', 'amount', describe(value), 'Send a decimal text, e.g. "10.50".'));
  return null;
}

/** @param source the number as written, so that no digit of it is lost in the advice */
function explainFloat(source: string): Fault[] {
  const positive = source.replace(NEGATIVE, '');
  const unfit = parseAmount(positive, LARGEST_EXPONENT) === 'not_decimal' || printable(positive) !== positive; // a card number may have slipped in
  const asText = unfit ? undefined : `Send it as text, in quotes: "${positive}".`;
  const isNumber = fault('amount_is_a_number', 'amount', printable(source), asText);
  return NEGATIVE.test(source) ? [isNumber, fault('amount_negative', 'amount', printable(source))] : [isNumber];
}

function explainDecimal(value: string, problem: AmountProblem, currency: Currency | null): Fault {
  if (problem === 'not_decimal' && NEGATIVE.test(value)) return fault('amount_negative', 'amount', describe(value));
  const fix = problem === 'too_precise' && currency !== null ? `${currency.code} has ${currency.exponent} digits after the point. Round it where it arises, and send what moved.` : undefined;
  return fault(CODE_OF_PROBLEM[problem], 'amount', describe(value), fix);
}

function checkMinor(value: unknown, text: string, faults: Fault[]): bigint | null {
  const source = typeof value === 'number' ? plainSource(text, 'amount_minor', value) : null;
  if (source === null) {
    faults.push(fault('amount_minor_not_integer', 'amount_minor', describe(value)));
  } else if (NEGATIVE.test(source)) {
    faults.push(fault('amount_negative', 'amount_minor', printable(source)));
  } else if (!PLAIN_INTEGER.test(source)) {
    faults.push(fault('amount_minor_not_integer', 'amount_minor', describe(source)));
  } else {
    const minor = BigInt(source);
    if (minor <= MAX_AMOUNT_MINOR) return minor;
    faults.push(fault('amount_too_large', 'amount_minor', describe(source)));
  }
  return null;
}

function checkExponent(value: unknown, text: string, currency: Currency | null, faults: Fault[]): void {
  if (isLeftOut(value)) {
    faults.push(fault('amount_exponent_missing', 'amount_exponent', 'nothing', currency === null ? undefined : `Send amount_exponent; for ${currency.code} it is ${currency.exponent}.`));
    return;
  }
  const source = typeof value === 'number' ? plainSource(text, 'amount_exponent', value) : null;
  if (source === null || !PLAIN_INTEGER.test(source)) faults.push(fault('amount_exponent_not_integer', 'amount_exponent', source === null ? describe(value) : printable(source)));
  else if (currency !== null && source !== String(currency.exponent)) {
    const fix = `ISO 4217 gives ${currency.code} ${currency.exponent} digits. Convert the amount to that unit, or send amount.`;
    faults.push(fault('amount_exponent_mismatch', 'amount_exponent', printable(source), fix));
  }
}

/** A number as it is written in the text. Quick where the name stands in the text only once and the number right behind it. */
function plainSource(text: string, name: string, value: number): string | null {
  const quick = `"${name}":${value}`;
  const at = text.indexOf(quick);
  const next = text[at + quick.length];
  if (at >= 0 && (next === ',' || next === '}') && text.indexOf(`"${name}"`) === at && text.lastIndexOf(`"${name}"`) === at && !text.includes('\\')) return String(value);
  return numberSource(text, name);
}
