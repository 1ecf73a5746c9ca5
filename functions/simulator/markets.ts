import type { Rates } from './rates.ts';
import type { ZoneName } from './zones.ts';

/** A currency, where it is spent, and how its prices compare with euros. Exponents by ISO 4217. */
export interface Market {
  readonly currency: string;
  readonly exponent: number;
  readonly zone: ZoneName;
  readonly region: 'europe' | 'americas' | 'asia_pacific' | 'middle_east';
  readonly countries: readonly string[];
  /** Major units for about one euro. */
  readonly per_euro: number;
  /** Minor units to which prices are rounded: 10 for JPY, 1 for most. */
  readonly step: number;
  /** Its rate in `rates.ts`; those of the tail share one. */
  readonly rate: keyof Rates & `currency_${string}`;
}

export const MARKETS: readonly Market[] = [
  { currency: 'EUR', exponent: 2, zone: 'central_europe', region: 'europe', countries: ['DE', 'FR', 'ES', 'IT', 'NL'], per_euro: 1, step: 1, rate: 'currency_EUR' },
  { currency: 'USD', exponent: 2, zone: 'us_east', region: 'americas', countries: ['US'], per_euro: 1.1, step: 1, rate: 'currency_USD' },
  { currency: 'GBP', exponent: 2, zone: 'britain', region: 'europe', countries: ['GB'], per_euro: 0.86, step: 1, rate: 'currency_GBP' },
  { currency: 'JPY', exponent: 0, zone: 'japan', region: 'asia_pacific', countries: ['JP'], per_euro: 160, step: 10, rate: 'currency_JPY' },
  { currency: 'PLN', exponent: 2, zone: 'central_europe', region: 'europe', countries: ['PL'], per_euro: 4.3, step: 1, rate: 'currency_PLN' },
  { currency: 'SEK', exponent: 2, zone: 'central_europe', region: 'europe', countries: ['SE'], per_euro: 11.3, step: 1, rate: 'currency_SEK' },
  { currency: 'CHF', exponent: 2, zone: 'central_europe', region: 'europe', countries: ['CH'], per_euro: 0.95, step: 5, rate: 'currency_CHF' },
  { currency: 'BRL', exponent: 2, zone: 'brazil', region: 'americas', countries: ['BR'], per_euro: 5.4, step: 1, rate: 'currency_BRL' },
  tail('DKK', 2, 'central_europe', 'europe', 'DK', 7.5),
  tail('NOK', 2, 'central_europe', 'europe', 'NO', 11.5),
  tail('CZK', 2, 'central_europe', 'europe', 'CZ', 25),
  tail('HUF', 2, 'central_europe', 'europe', 'HU', 390),
  tail('RON', 2, 'central_europe', 'europe', 'RO', 5),
  tail('ISK', 0, 'britain', 'europe', 'IS', 150),
  tail('CAD', 2, 'us_east', 'americas', 'CA', 1.5),
  tail('CLP', 0, 'brazil', 'americas', 'CL', 1000),
  tail('MXN', 2, 'us_east', 'americas', 'MX', 18),
  tail('KWD', 3, 'gulf', 'middle_east', 'KW', 0.33),
  tail('BHD', 3, 'gulf', 'middle_east', 'BH', 0.41),
  tail('TND', 3, 'central_europe', 'middle_east', 'TN', 3.4),
  tail('AED', 2, 'gulf', 'middle_east', 'AE', 4),
  tail('INR', 2, 'india', 'asia_pacific', 'IN', 90),
  tail('KRW', 0, 'japan', 'asia_pacific', 'KR', 1450),
  tail('AUD', 2, 'japan', 'asia_pacific', 'AU', 1.65),
];

/** The Croatian kuna ended on 2023-01-01: fine on a payment from before, wrong on one from after. No merchant sells in it. */
export const WITHDRAWN_MARKET: Market = tail('HRK', 2, 'central_europe', 'europe', 'HR', 7.53);

/** The market's weight among sales. */
export function weightOf(market: Market, rates: Rates): number {
  const sharing = MARKETS.filter((other) => other.rate === market.rate).length;
  return rates[market.rate] / sharing;
}

function tail(currency: string, exponent: number, zone: ZoneName, region: Market['region'], country: string, perEuro: number): Market {
  return { currency, exponent, zone, region, countries: [country], per_euro: perEuro, step: exponent === 3 ? 5 : 1, rate: 'currency_tail' };
}
