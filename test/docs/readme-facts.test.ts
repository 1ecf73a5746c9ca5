import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../functions/config.ts';
import { EXIT } from '../../functions/failure.ts';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import { SIGN_OF_KIND } from '../../functions/payment/kind.ts';
import { PAYMENT_SCHEMA } from '../../functions/payment/schema.ts';
import { OUTCOMES } from '../../functions/pipeline/outcome.ts';
import { DISPOSITIONS } from '../../functions/reconciliation/report/words.ts';
import { bare, fencedBlocks, readDocument, section, tableRows } from './markdown.ts';

const README = readDocument('README.md');
const WAY = fencedBlocks(section(README, "## A message's way"), 'text')[0]!;
const FORMAT = section(README, '## What a payment looks like');

describe("a message's way in the README", () => {
  test('has the steps in their order', () => {
    expect([...WAY.matchAll(/^ (\d) (\w+)/gm)].map(([, number, name]) => `${number}-${name}`)).toEqual(['1-decode', '2-watermark', '3-claim', '4-enrich', '5-record']);
  });

  test('ends each step with an outcome, and names them all', () => {
    expect([...WAY.matchAll(/► (\w+)(?:\s|$)/gm)].map(([, outcome]) => outcome).filter((outcome) => outcome !== 'raw').sort()).toEqual([...OUTCOMES].sort());
  });

  test('names every disposition', () => {
    expect(/exactly one of +(.*)$/m.exec(WAY)![1]!.split(/ +/)).toEqual([...DISPOSITIONS]);
  });

  test('gives watermark and grace as they are set', () => {
    const hours = (micros: number) => micros / 3_600_000_000;
    expect(WAY).toContain(`now − ${hours(DEFAULT_SETTINGS.watermark)} h `);
    expect(WAY).toContain(`after ${hours(DEFAULT_SETTINGS.orphan_grace)} h,`);
  });
});

describe('the payment in the README', () => {
  test('is one', () => {
    const decoded = decodePayment(Buffer.from(fencedBlocks(FORMAT, 'json')[0]!), DEFAULT_SETTINGS);
    expect(decoded.faults ?? []).toEqual([]);
    expect(decoded.payment?.transaction_id).toBe('shop-7/2026-000131');
  });

  test('has every required field in its table, and no field that does not exist', () => {
    const named = tableRows(FORMAT).flatMap(([field]) => field!.split(', ').map(bare));
    expect(named).toEqual(expect.arrayContaining([...PAYMENT_SCHEMA.required]));
    expect(named.filter((field) => !Object.hasOwn(PAYMENT_SCHEMA.properties, field))).toEqual([]);
  });

  test('has every kind under its sign', () => {
    const [, plus, minus] = /\+ ([\w, ]+); − ([\w, ]+)\./.exec(FORMAT)!;
    const kinds = (sign: bigint) => Object.entries(SIGN_OF_KIND).filter(([, one]) => one === sign).map(([kind]) => kind);
    expect([plus!.split(', '), minus!.split(', ')]).toEqual([kinds(1n), kinds(-1n)]);
  });
});

test('README and docs/commands.md name every exit code', () => {
  const codes = Object.values(EXIT).map(String);
  expect([.../^Exit codes: (.*)$/m.exec(README)![1]!.matchAll(/(?:^|; )(\d) /g)].map(([, code]) => code)).toEqual(codes);
  const page = readDocument('docs/commands.md');
  expect(tableRows(page.slice(0, page.indexOf('## Settings'))).map(([code]) => code)).toEqual(codes);
});
