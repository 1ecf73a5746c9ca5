import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { convertFile } from '../../../functions/local/convert/convert-file.ts';
import { loadMap } from '../../../functions/local/convert/load-map.ts';

const folder = mkdtempSync(join(tmpdir(), 'ready-maps-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each payment as `id time kind amount currency`, and what stayed behind as `line code field`. */
async function convert(map: string, lines: readonly string[]) {
  const input = join(folder, `${map}.csv`);
  writeFileSync(input, lines.join('\r\n'));
  const summary = await convertFile({ input, map: await loadMap(map), out: `${input}.jsonl` });
  const text = summary.out === null ? '' : readFileSync(summary.out, 'utf8');
  const published = text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Record<string, string>);
  return {
    summary,
    published,
    payments: published.map(({ transaction_id, event_time, kind, amount, currency }) => `${transaction_id} ${event_time} ${kind} ${amount} ${currency}`),
    left: summary.reasons.map((reason) => `${reason.first_lines[0]} ${reason.code} ${reason.field}`),
  };
}

describe('stripe-balance', () => {
  const HEADER = 'id,Type,Source,Amount,Fee,Destination Platform Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Customer Facing Amount,Transfer';
  const row = (id: string, type: string, amount: string, fee: string) => `${id},${type},src_${id},"${amount}",${fee},,0,eur,2026-01-31 13:45:10,2026-02-02 00:00:00,"A, b",,`;

  test('makes a payment of each movement, and one of its fee', async () => {
    const { payments, left, published } = await convert('stripe-balance', [
      HEADER, row('txn_1', 'charge', '1,200.00', '3.05'), row('txn_2', 'refund', '-20.00', '0.00'), row('txn_3', 'adjustment', '-50.00', '15.00'),
      row('txn_4', 'adjustment', '50.00', '0.00'), row('txn_5', 'payout', '-93.93', '0.00'), row('txn_6', 'stripe_fee', '-2.00', '0.00'),
      row('txn_7', 'payout_failure', '93.93', '0.00'), row('txn_8', 'charge', '-1.00', '0.00'),
    ]);
    const at = '2026-01-31T13:45:10Z';
    expect(payments).toEqual([
      `stripe:txn_1 ${at} payment 1200.00 EUR`, `stripe:txn_1:fee ${at} fee 3.05 EUR`, `stripe:txn_2 ${at} refund 20.00 EUR`,
      `stripe:txn_3 ${at} chargeback 50.00 EUR`, `stripe:txn_3:fee ${at} fee 15.00 EUR`, `stripe:txn_4 ${at} chargeback_reversal 50.00 EUR`,
      `stripe:txn_5 ${at} payout 93.93 EUR`, `stripe:txn_6 ${at} fee 2.00 EUR`,
    ]);
    expect(published[0]!.psp_reference).toBe('src_txn_1');
    expect(left).toEqual(['8 value_not_in_map kind', '9 sign_unexpected amount']);
  });

  test('reads the report with the other column names', async () => {
    const { payments } = await convert('stripe-balance', ['balance_transaction_id,created_utc,reporting_category,gross,fee,currency,source_id', 'txn_1,2026-01-31 13:45:10,dispute_reversal,5.00,-0.00,usd,dp_1']);
    expect(payments).toEqual(['stripe:txn_1 2026-01-31T13:45:10Z chargeback_reversal 5.00 USD']);
  });
});

describe('bank-csv', () => {
  test('tells movements of equal amount apart by the balance behind them', async () => {
    const { payments, left, summary } = await convert('bank-csv', [
      'Account 123', '', 'Date;Description;Amount;Reference;Balance', '31/01/2026;Shop;€1,200.00;NOTPROVIDED;2000.00', '31/01/2026;Shop;1,200.00;NOTPROVIDED;3200.00',
      '2026-02-01;Rent;-500.00;R1;2700.00', '2026-02-01;Rent;-500.00;R1;2700.00', ';Rent;-500.00;R1;2200.00',
    ]);
    expect(payments).toEqual([
      'bank:31/01/2026|NOTPROVIDED|€1,200.00|2000.00 2026-01-31T12:00:00Z payment 1200.00 EUR',
      'bank:31/01/2026|NOTPROVIDED|1,200.00|3200.00 2026-01-31T12:00:00Z payment 1200.00 EUR',
      'bank:2026-02-01|R1|-500.00|2700.00 2026-02-01T12:00:00Z payout 500.00 EUR',
      'bank:2026-02-01|R1|-500.00|2700.00 2026-02-01T12:00:00Z payout 500.00 EUR',
    ]);
    expect(summary.same_payment).toEqual({ count: 1, example: { line: 7, repeats_line: 6 } });
    expect(left).toEqual(['8 field_empty transaction_id', '8 field_empty event_time']);
  });
});

describe('uk-council-spending', () => {
  test('reads either spelling of the header, and leaves rows without a date to people', async () => {
    const first = await convert('uk-council-spending', [
      'Body Name,Organisatonal Unit,Expenditure Category,Expenditure Code,Paid Date,Trans No,Amount,Type,Supplier ID,Supplier Name',
      'Anytown Council,Parks ,Grants,D1,07/04/2015,100_1,1054.11,Revenue,9001,EXAMPLE LTD   ',
      'Anytown Council,Parks,Grants,D1,07/01/2015,100_2,-12.5,Revenue,9001,EXAMPLE LTD',
      'Anytown Council,Parks,Grants,D1,00:00:00,100_3,500,Revenue,9001,EXAMPLE LTD',
      'Anytown Council,Parks,Grants,D1,07/04/2015,100_1,1054.11,Revenue,9001,EXAMPLE LTD',
      'Anytown Council,Parks,Grants,D1,07/04/2015,100_1,7.00,Revenue,9001,EXAMPLE LTD',
    ]);
    expect(first.payments.slice(0, 2)).toEqual(['council:100_1 2015-04-07T12:00:00+01:00 payment 1054.11 GBP', 'council:100_2 2015-01-07T12:00:00Z refund 12.5 GBP']);
    expect(first.published[0]!.metadata).toEqual({ unit: 'Parks', category: 'Grants', expenditure_code: 'D1', spending_type: 'Revenue' });
    expect(first.left).toEqual(['4 time_not_in_format event_time']);
    expect(first.summary).toMatchObject({ rows: 5, payments: 4, same_payment: { count: 1 }, other_payment: { count: 1 } });

    const second = await convert('uk-council-spending', [
      'Client,Service Area,Expenditure Code,Paid Date,Trans No,Amount,Type of Expenditure,Supplier ID,Supplier Name', 'ATC,General,Z1,01/08/2017,100 - 2,198.35,Revenue,9001,EXAMPLE LTD',
    ]);
    expect(second.payments).toEqual(['council:100 - 2 2017-08-01T12:00:00+01:00 payment 198.35 GBP']);
  });
});
