import { describe, expect, test } from 'vitest';
import { decodePayment } from '../../../functions/payment/decode-payment.ts';
import { scorePayment } from '../../../functions/payment/fraud/score.ts';
import { addressOf } from '../../../functions/simulator/addresses.ts';
import { readFileNaively } from './naive-ledger.ts';
import { simulated } from './simulated.ts';

describe('a customer’s address', () => {
  const of = (country: string, share: number) => Array.from({ length: 5_000 }, (_, customer) => addressOf(customer, country, share));
  const networks = (country: string, share: number) => [...new Set(of(country, share).map(({ text }) => text.replace(/[^.:]*$/, '')))].sort();

  test.each([
    ['DE', 0, ['192.0.2.']],
    ['US', 0, ['198.51.100.']],
    ['JP', 0, ['203.0.113.']],
    ['FR', 0, ['2001:db8::']],
    ['DE', 1, ['198.51.100.', '203.0.113.']],
    ['FR', 1, ['192.0.2.', '198.51.100.', '203.0.113.']],
  ])('of a sale in %s, of which %d are abroad, is in %j', (country, share, expected) => {
    expect(networks(country, share)).toEqual(expected);
    expect(of(country, share).every(({ abroad }) => abroad === (share === 1))).toBe(true);
  });

  test('differs between customers, and is the same whenever one comes again', () => {
    expect(new Set(of('US', 0).map(({ text }) => text)).size).toBeGreaterThan(200);
    expect(of('US', 0.5)).toEqual(of('US', 0.5));
  });
});

test('the fraud rule finds the share of payments that is set, and the traffic is otherwise the same', async () => {
  const found = async (ip_country_differs: number) => {
    const { file, key } = await simulated({ payments: 10_000, seed: 4, rates: { ip_country_differs } });
    const payments = readFileNaively(file, key.source).messages.flatMap(({ data }) => decodePayment(data, { identity_scope: 'transaction_id', producer: null }).payment ?? []);
    const differing = payments.filter((payment) => scorePayment(payment).reasons.includes('ip_country_differs'));
    return { share: differing.length / payments.length, posted: key.posted };
  };
  const [none, some] = [await found(0), await found(0.02)];
  expect(none.share).toBeLessThan(0.001); // a few plants move a sale to another country
  expect(some.share).toBeGreaterThan(0.01);
  expect(some.share).toBeLessThan(0.035);
  expect(some.posted).toEqual(none.posted);
});
