import { WITHDRAWN_CURRENCIES } from './currencies-withdrawn.ts';

/**
 * The currencies of ISO 4217 (lists one and three of its maintenance agency, SIX Financial Information), as of 2026-01-01, put
 * down by hand. To add one: put its code under its exponent, and, where it is younger than 2002, its first day in FIRST_DAY.
 */
export interface Currency {
  readonly code: string;
  /** Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for BHD. */
  readonly exponent: number;
  /** First day that a payment may be dated, `YYYY-MM-DD`, where the code is younger than 2002. */
  readonly valid_from: string | null;
  /** First day that a payment may no longer be dated, where the code was withdrawn. */
  readonly valid_until: string | null;
  /** What replaced it, where it was withdrawn. */
  readonly successor: string | null;
}

const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
      CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
      KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
      NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
      TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const FIRST_DAY: Readonly<Record<string, string>> = {
  AFN: '2002-10-07', AZN: '2006-01-01', BYN: '2016-07-01', GHS: '2007-07-01', MGA: '2003-07-31', MRU: '2018-01-01',
  MZN: '2006-07-01', RON: '2005-07-01', RSD: '2006-10-25', SDG: '2007-01-10', SLE: '2022-04-01', SRD: '2004-01-01',
  SSP: '2011-07-18', STN: '2018-01-01', TMT: '2009-01-01', TRY: '2005-01-01', UYW: '2018-08-29', VED: '2021-10-01',
  VES: '2018-08-20', XAD: '2025-05-12', XCG: '2025-03-31', ZMW: '2013-01-01', ZWG: '2024-04-08',
};

/** Codes that ISO 4217 gives no minor unit: metals, baskets of currencies, tests, "no currency". An amount in them has no exact form. */
const WITHOUT_EXPONENT: ReadonlySet<string> = new Set('XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '));

const CURRENCIES: ReadonlyMap<string, Currency> = new Map([...listedCurrencies(), ...WITHDRAWN_CURRENCIES].map((currency) => [currency.code, currency]));

function listedCurrencies(): Currency[] {
  return Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(/\s+/).map((code) => ({ code, exponent: Number(exponent), valid_from: FIRST_DAY[code] ?? null, valid_until: null, successor: null })));
}

/** The currency of that code (upper case), or undefined where ISO 4217 has none with an exponent. */
export function currencyByCode(code: string): Currency | undefined {
  return CURRENCIES.get(code);
}

/** True for ISO 4217's codes that have no exponent: XAU, XDR, XTS, XXX … */
export function isWithoutExponent(code: string): boolean {
  return WITHOUT_EXPONENT.has(code);
}

/** All currencies, withdrawn ones included. */
export function allCurrencies(): Currency[] {
  return [...CURRENCIES.values()];
}
