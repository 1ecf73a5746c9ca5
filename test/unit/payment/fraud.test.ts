import { describe, expect, test } from 'vitest';
import { parseIpv4 } from '../../../functions/payment/fraud/ip-country.ts';
import { FRAUD_RULES, RULES_VERSION, scorePayment } from '../../../functions/payment/fraud/score.ts';
import { decodeGood } from './good-payment.ts';

const NOON = '2026-01-15T12:00:00+01:00';
const reasons = (fields: Record<string, unknown>) => scorePayment(decodeGood({ event_time: NOON, ...fields })).reasons;

describe('each rule', () => {
  test.each([
    [{}, []],
    [{ amount: '2000.00' }, ['amount_round']],
    [{ amount: '2000.01' }, ['amount_unusual']],
    [{ amount: '20000.01' }, ['amount_unusual']],
    [{ amount: '2000.01', kind: 'payout' }, []],
    [{ amount: '300001', currency: 'JPY' }, ['amount_unusual']],
    [{ amount: '99999999.99', currency: 'MOP' }, []],
    [{ amount: '100.00' }, ['amount_round']],
    [{ amount: '150.00' }, []],
    [{ amount: '0' }, []],
    [{ amount: '10000', currency: 'JPY' }, ['amount_round']],
    [{ amount: '1000', currency: 'JPY' }, []],
    [{ amount: '100.000', currency: 'BHD' }, ['amount_round']],
    [{ event_time: '2026-01-15T00:59:59+01:00' }, []],
    [{ event_time: '2026-01-15T01:00:00+01:00' }, ['night_hours']],
    [{ event_time: '2026-01-15T04:59:59-08:00' }, ['night_hours']],
    [{ event_time: '2026-01-15T05:00:00-08:00' }, []],
    [{ event_time: '1970-01-01T02:00:00-05:00' }, ['night_hours']],
    [{ event_time: '1969-12-31T03:00:00-22:00' }, ['night_hours']],
    [{ event_time: '2026-01-15T03:00:00Z' }, []],
    [{ event_time: '2026-01-15T03:00:00-00:00' }, []],
    [{ event_time: '2026-01-15T03:00:00+00:00' }, ['night_hours']],
    [{ country: 'DE', card_country: 'FR' }, ['card_country_differs']],
    [{ country: 'DE', card_country: 'de' }, []],
    [{ card_country: 'FR' }, []],
    [{ country: 'US', ip_address: '192.0.2.1' }, ['ip_country_differs']],
    [{ country: 'us', ip_address: '198.51.100.255' }, []],
    [{ country: 'US', ip_address: '203.0.113.0' }, ['ip_country_differs']],
    [{ country: 'US', ip_address: '203.0.114.0' }, []],
    [{ country: 'US', ip_address: '8.8.8.8' }, []],
    [{ country: 'US', ip_address: '2001:db8::1' }, []],
    [{ ip_address: '192.0.2.1' }, []],
  ])('%j: %j', (fields, expected) => expect(reasons(fields)).toEqual(expected));

  test('is listed by its reason, in order', () => {
    expect(FRAUD_RULES.map(([reason]) => reason)).toEqual(['amount_unusual', 'amount_round', 'night_hours', 'ip_country_differs', 'card_country_differs']);
  });
});

describe('the score', () => {
  test('is the sum of the points, in a fixed order, with the version', () => {
    const payment = decodeGood({ event_time: '2026-01-15T03:00:00+01:00', amount: '500.00', country: 'DE', card_country: 'FR' });
    expect(scorePayment(payment)).toEqual({ score: 30, reasons: ['amount_round', 'night_hours', 'card_country_differs'], rules_version: RULES_VERSION });
    expect(scorePayment(payment)).toEqual(scorePayment(payment));
  });

  test('is 20 above the usual range and 40 far above', () => {
    expect(scorePayment(decodeGood({ event_time: NOON, amount: '2000.01' })).score).toBe(20);
    expect(scorePayment(decodeGood({ event_time: NOON, amount: '20000.01' })).score).toBe(40);
  });

  test('of a payment that every rule suspects is the sum of the highest points', () => {
    const payment = decodeGood({ event_time: '2026-01-15T03:00:00+01:00', amount: '1000000.00', country: 'US', card_country: 'FR', ip_address: '192.0.2.1' });
    expect(scorePayment(payment)).toEqual({ score: 95, reasons: FRAUD_RULES.map(([reason]) => reason), rules_version: RULES_VERSION });
  });

  test('never exceeds 100', () => {
    expect(scorePayment(decodeGood({ event_time: NOON }), [['one', () => 60], ['other', () => 60]])).toMatchObject({ score: 100, reasons: ['one', 'other'] });
  });

  test('names rules of version 2: whoever changes a rule or its points raises it', () => expect(RULES_VERSION).toBe('2'));
});

test.each([
  ['0.0.0.0', 0], ['255.255.255.255', 4_294_967_295], ['192.0.2.1', 3_221_225_985], ['256.0.0.1', null], ['1.2.3', null], ['1.2.3.4.5', null], ['1..2.3', null],
  ['1.2.3.', null], ['', null], ['1.2.3.4 ', null], ['0001.2.3.4', null], ['::1', null],
])('parseIpv4(%j) is %s', (text, address) => expect(parseIpv4(text)).toBe(address));
