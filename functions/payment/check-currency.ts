import { currencyByCode, isWithoutExponent, type Currency } from './currencies.ts';
import type { Fault } from './fault.ts';
import { describe, fault } from './found.ts';

/**
 * Reads `currency`. Adds a fault and answers null where it is none, or was none on the day that the payment is dated.
 * @param day the date of event_time as written, in its own offset: `YYYY-MM-DD`; null where event_time can't be read
 */
export function checkCurrency(value: unknown, day: string | null, faults: Fault[]): Currency | null {
  const currency = typeof value === 'string' ? currencyByCode(value) : undefined;
  if (currency === undefined) {
    faults.push(explainCurrency(value));
    return null;
  }
  if (day === null) return currency;
  if (currency.valid_until !== null && day >= currency.valid_until) {
    faults.push(fault('currency_withdrawn', 'currency', describe(value), `${currency.code} ended on ${currency.valid_until}; send ${currency.successor}.`));
  } else if (currency.valid_from !== null && day < currency.valid_from) {
    faults.push(fault('currency_not_yet_valid', 'currency', describe(value), `${currency.code} began on ${currency.valid_from}; send the currency of that day.`));
  }
  return currency;
}

function explainCurrency(value: unknown): Fault {
  if (value === undefined || value === null) return fault('field_missing', 'currency', describe(value), 'Send the ISO 4217 code, e.g. EUR.');
  if (typeof value !== 'string') return fault('wrong_type', 'currency', describe(value), 'Send the ISO 4217 code as a text, e.g. "EUR".');
  if (isWithoutExponent(value)) return fault('currency_without_exponent', 'currency', describe(value));
  const meant = value.trim().toUpperCase();
  return fault('currency_unknown', 'currency', describe(value), meant !== value && currencyByCode(meant) !== undefined ? `Send ${meant}: upper case, without blanks.` : undefined);
}
