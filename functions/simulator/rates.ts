/**
 * Every rate of the simulator. The defaults are assumptions from practice, not measured facts; each is a setting
 * (`--rate name=value`). `counts` and `among` name the counters from which the realised rate is printed.
 */
export interface RateDescription {
  readonly name: string;
  readonly default: number;
  readonly unit: 'share' | 'factor' | 'count' | 'per day' | 'exponent' | 'weight';
  readonly description: string;
  readonly counts?: string;
  readonly among?: string;
}

export const RATES = [
  // Traffic
  { name: 'merchants', default: 600, unit: 'count', description: 'merchants', counts: 'merchants' },
  { name: 'merchant_zipf', default: 1.1, unit: 'exponent', description: 'how steeply business falls with a merchant’s rank' },
  { name: 'peak_day_factor', default: 4, unit: 'factor', description: 'traffic of the one peak day' },
  { name: 'weekend_factor', default: 1.25, unit: 'factor', description: 'traffic on Saturdays and Sundays' },
  { name: 'payday_factor', default: 1.4, unit: 'factor', description: 'traffic on the last day of a month and the two after' },
  { name: 'price_points', default: 0.45, unit: 'share', description: 'of freely priced sales that end in .99, .00 or .50', counts: 'price_point', among: 'free_price' },
  { name: 'zero_amount', default: 0.005, unit: 'share', description: 'of card sales that only check the card, for nothing', counts: 'zero_amount', among: 'card_sales' },
  { name: 'settlement_currency_differs', default: 0.1, unit: 'share', description: 'of sales settled in another currency', counts: 'settled_elsewhere', among: 'sales' },
  { name: 'ip_country_differs', default: 0.02, unit: 'share', description: 'of sales from an address of another country', counts: 'address_abroad', among: 'sales' },
  { name: 'currency_EUR', default: 45, unit: 'weight', description: 'of sales in EUR; the eight weights and the tail’s make 100', counts: 'sales_EUR', among: 'sales' },
  { name: 'currency_USD', default: 20, unit: 'weight', description: 'of sales in USD', counts: 'sales_USD', among: 'sales' },
  { name: 'currency_GBP', default: 12, unit: 'weight', description: 'of sales in GBP', counts: 'sales_GBP', among: 'sales' },
  { name: 'currency_JPY', default: 5, unit: 'weight', description: 'of sales in JPY', counts: 'sales_JPY', among: 'sales' },
  { name: 'currency_PLN', default: 3, unit: 'weight', description: 'of sales in PLN', counts: 'sales_PLN', among: 'sales' },
  { name: 'currency_SEK', default: 3, unit: 'weight', description: 'of sales in SEK', counts: 'sales_SEK', among: 'sales' },
  { name: 'currency_CHF', default: 2.5, unit: 'weight', description: 'of sales in CHF', counts: 'sales_CHF', among: 'sales' },
  { name: 'currency_BRL', default: 2.5, unit: 'weight', description: 'of sales in BRL', counts: 'sales_BRL', among: 'sales' },
  { name: 'currency_tail', default: 7, unit: 'weight', description: 'of sales in all other currencies, KWD, BHD, ISK and CLP among them', counts: 'sales_tail', among: 'sales' },
  { name: 'lookalikes', default: 0.001, unit: 'share', description: 'of payments: same customer, merchant and amount within a minute, other id', counts: 'lookalike', among: 'payments' },
  { name: 'card_testing', default: 0.0005, unit: 'share', description: 'of payments: fraud from one card range and device', counts: 'card_testing', among: 'payments' },
  // Copies
  { name: 'republished', default: 0.003, unit: 'share', description: 'of messages that the producer publishes again, outside bursts', counts: 'republished_at_base', among: 'published' },
  { name: 'republish_bursts', default: 0.4, unit: 'per day', description: 'incidents of one producer, 5 to 20 minutes each', counts: 'republish_bursts', among: 'days' },
  { name: 'republished_in_burst', default: 0.15, unit: 'share', description: 'of the producer’s messages in a burst', counts: 'republished_in_burst', among: 'published_in_burst' },
  { name: 'copies_in_other_key_order', default: 0.3, unit: 'share', description: 'of republished copies', counts: 'republished_other_key_order', among: 'republished' },
  { name: 'copies_with_other_decimals', default: 0.3, unit: 'share', description: 'of republished copies: 10.5 for 10.50', counts: 'republished_other_decimals', among: 'republished' },
  { name: 'copies_redated', default: 0.1, unit: 'share', description: 'of republished copies, with the time of the retry as event_time', counts: 'republished_redated', among: 'republished' },
  { name: 'copies_from_reruns', default: 0.008, unit: 'share', description: 'of republished copies that come from a job run again, 1 to 10 days later', counts: 'republished_by_rerun', among: 'republished' },
  { name: 'redated_over_midnight', default: 0.0001, unit: 'share', description: 'of payments whose copy says the next day, or the next month', counts: 'redated_over_midnight', among: 'payments' },
  { name: 'redelivered', default: 0.001, unit: 'share', description: 'of messages delivered again, outside backlogs', counts: 'redelivered_at_base', among: 'published' },
  { name: 'backlogs', default: 0.2, unit: 'per day', description: 'subscription backlogs, 10 to 60 minutes each', counts: 'backlogs', among: 'days' },
  { name: 'redelivered_in_backlog', default: 0.02, unit: 'share', description: 'of messages in a backlog', counts: 'redelivered_in_backlog', among: 'published_in_backlog' },
  { name: 'message_id_reused', default: 0.000003, unit: 'share', description: 'of payments whose message carries the id of an earlier one', counts: 'message_id_reused', among: 'payments' },
  { name: 'conflicts', default: 0.0001, unit: 'share', description: 'of payments with a copy that differs in money facts', counts: 'conflicts', among: 'payments' },
  // Late, or by clocks that are off
  { name: 'late', default: 0.004, unit: 'share', description: 'of payments over an hour late: terminals, airline files, clocks behind; the silent producer’s come on top', counts: 'late', among: 'payments' },
  { name: 'late_over_a_day', default: 0.0008, unit: 'share', description: 'of payments from jobs run days later', counts: 'late_over_a_day', among: 'payments' },
  { name: 'silent_hours', default: 6, unit: 'count', description: 'hours for which one producer is silent before its flood; 0 for none', counts: 'silent_hours' },
  { name: 'clock_ahead', default: 0.0001, unit: 'share', description: 'of payments from a device whose clock is hours or a day ahead', counts: 'clock_ahead', among: 'payments' },
  { name: 'withdrawn_currency', default: 0.00002, unit: 'share', description: 'of payments in HRK, from before its end, reported now', counts: 'withdrawn_currency_settled_late', among: 'payments' },
  // What follows a sale
  { name: 'refunds', default: 0.05, unit: 'share', description: 'of payments, by kind of merchant: fashion most, digital least', counts: 'refunds', among: 'payments' },
  { name: 'partial_refunds', default: 0.2, unit: 'share', description: 'of refunds', counts: 'partial_refunds', among: 'refunds' },
  { name: 'refund_reversals', default: 0.003, unit: 'share', description: 'of refunds that the bank sends back', counts: 'refund_reversal', among: 'refunds' },
  { name: 'orphan_refunds', default: 0.005, unit: 'share', description: 'of refunds whose original nobody knows', counts: 'refund_orphan', among: 'refunds' },
  { name: 'early_refunds', default: 0.002, unit: 'share', description: 'of refunds published before their payment', counts: 'refund_before_payment', among: 'refunds' },
  { name: 'over_refunds', default: 0.0005, unit: 'share', description: 'of refunds above their original', counts: 'refund_above_original', among: 'refunds' },
  { name: 'refunds_charged_back', default: 0.001, unit: 'share', description: 'of refunds whose payment is charged back too', counts: 'refund_and_chargeback', among: 'refunds' },
  { name: 'chargebacks', default: 0.0015, unit: 'share', description: 'of card sales', counts: 'chargebacks', among: 'card_sales' },
  { name: 'chargebacks_reversed', default: 0.3, unit: 'share', description: 'of chargebacks', counts: 'chargeback_reversal', among: 'chargebacks' },
  { name: 'second_chargebacks', default: 0.05, unit: 'share', description: 'of chargebacks', counts: 'second_chargeback', among: 'chargebacks' },
  { name: 'chargebacks_at_one_merchant', default: 0.06, unit: 'share', description: 'of chargebacks, at one merchant of middling size', counts: 'chargeback_at_excessive_merchant', among: 'chargebacks' },
  { name: 'payouts', default: 0.01, unit: 'share', description: 'of payments, each with a fee; at most one a merchant and day', counts: 'payouts', among: 'payments' },
  { name: 'payouts_split', default: 0.1, unit: 'share', description: 'of payouts that come in two parts', counts: 'payout_split', among: 'payouts' },
  { name: 'settlement_days_missing', default: 1, unit: 'count', description: 'days without payouts, paid with the next day’s', counts: 'settlement_days_missing' },
  { name: 'never_published', default: 0.00002, unit: 'share', description: 'of payments that the producer lost before publishing', counts: 'never_published', among: 'payments' },
  // Broken messages
  { name: 'rejects', default: 0.0005, unit: 'share', description: 'of payments published malformed, half of them in one hour after one release', counts: 'malformed', among: 'payments' },
  { name: 'broken_lines', default: 0.00005, unit: 'share', description: 'of lines truncated, garbled or badly encoded', counts: 'broken_lines', among: 'payments' },
  { name: 'truncated_last_line', default: 1, unit: 'count', description: '1 cuts the file’s last line in the middle, 0 does not', counts: 'truncated_last_line' },
  { name: 'dead_letters', default: 0.0001, unit: 'share', description: 'of payments that come from the dead-letter topic', counts: 'dead_letters', among: 'payments' },
  { name: 'card_data', default: 0.0001, unit: 'share', description: 'of payments with a test card number or CVV in metadata', counts: 'card_data', among: 'payments' },
  { name: 'odd_but_valid', default: 0.0002, unit: 'share', description: 'of payments that look wrong and are right', counts: 'odd_but_valid', among: 'payments' },
  { name: 'extreme_amounts', default: 0.00002, unit: 'share', description: 'of payments with the greatest amount that is accepted, or one above it', counts: 'extreme_amounts', among: 'payments' },
  // Lines
  { name: 'pull_lines', default: 0.01, unit: 'share', description: 'of lines as a pull prints them, in runs', counts: 'pull_lines', among: 'lines' },
  { name: 'bare_lines', default: 0.005, unit: 'share', description: 'of lines that are a payment without an envelope, in runs', counts: 'bare_lines', among: 'lines' },
  { name: 'blank_lines', default: 0.0002, unit: 'share', description: 'of lines', counts: 'blank_lines', among: 'lines' },
  { name: 'carriage_returns', default: 0.002, unit: 'share', description: 'of lines that end in CR LF, in runs', counts: 'carriage_returns', among: 'lines' },
] as const satisfies readonly RateDescription[];

export type RateName = (typeof RATES)[number]['name'];
export type Rates = Readonly<Record<RateName, number>>;

const HIGHEST: Record<RateDescription['unit'], number> = { share: 1, factor: 100, count: 100_000, 'per day': 1000, exponent: 5, weight: 1000 };

/**
 * The defaults with some rates replaced.
 * @throws Error naming every rate that is unknown or out of its range.
 */
export function resolveRates(changed: Partial<Record<string, number>>): Rates {
  const faults: string[] = [];
  const rates: Record<string, number> = Object.fromEntries(RATES.map((rate) => [rate.name, rate.default]));
  for (const [name, value] of Object.entries(changed)) {
    const rate = RATES.find((known) => known.name === name);
    if (rate === undefined) faults.push(`There is no rate ${name}.`);
    else if (value === undefined || !(value >= 0 && value <= HIGHEST[rate.unit])) faults.push(`The rate ${name} must be from 0 to ${HIGHEST[rate.unit]}, not ${value}.`);
    else rates[name] = value;
  }
  if (rates['merchants'] !== undefined && rates['merchants'] < 50) faults.push('The rate merchants must be at least 50, so that every currency has one.');
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return rates as Rates;
}

/** Reads `name=value` as the command line takes it. The name and range are checked by `resolveRates`. */
export function parseRate(text: string): [name: string, value: number] {
  const separator = text.indexOf('=');
  const value = separator < 1 || text.slice(separator + 1).trim() === '' ? Number.NaN : Number(text.slice(separator + 1));
  if (Number.isNaN(value)) throw new Error(`A rate is written name=number, not ${JSON.stringify(text)}.`);
  return [text.slice(0, separator), value];
}
