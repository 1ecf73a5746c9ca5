import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromDuckdbRow } from '../../functions/adapters/embedded/duckdb-values.ts';
import { readLine } from '../../functions/adapters/embedded/read-line.ts';
import { openStore, type Store } from '../../functions/adapters/embedded/store.ts';
import { decodePayment } from '../../functions/payment/decode-payment.ts';
import { formatMinor } from '../../functions/payment/money.ts';
import { sharedDirectory } from '../support/temporary-directory.ts';
import { fillArchive } from './fill-archive.ts';
import { lineOf, mutatedPayload, NASTY_PAYLOADS } from './mutated-payloads.ts';
import { mutatedLine } from './mutated-lines.ts';

/**
 * What the reconciliation compares, read by the pipeline and by the archive's SQL: of every line that the pipeline takes for a payment,
 * the SQL must read the same payment and the same money, else the books stay red. What the pipeline rejects may say anything.
 */
interface Facts {
  readonly transaction_id: string;
  readonly kind: string;
  readonly currency: string;
  readonly amount: string;
  readonly effect: string;
}

const SOURCE = 'file';
const directory = sharedDirectory();
let store: Store;
beforeAll(async () => {
  store = await openStore(directory);
});
afterAll(() => store.close());

/** In billionths, as text, whatever the digits. */
function billionths(amount: string): string {
  const [whole, fraction = ''] = amount.split('.');
  return String(BigInt(whole + fraction.padEnd(9, '0')));
}

function byPipeline(line: Buffer, index: number): Facts | null {
  const { payment } = decodePayment(readLine(line, SOURCE, index + 1).data, { identity_scope: 'transaction_id', producer: null });
  if (payment === null) return null;
  const { transaction_id, kind, currency, amount_minor, effect_minor, exponent } = payment;
  return { transaction_id, kind, currency, amount: billionths(formatMinor(amount_minor, exponent)), effect: billionths(formatMinor(effect_minor, exponent)) };
}

async function byArchive(lines: readonly Buffer[]): Promise<(Facts | null)[]> {
  const { connection } = store;
  await fillArchive(connection, SOURCE, lines);
  // The id as bytes: DuckDB's client for Node drops a BOM at the beginning of a text that it hands out.
  const result = await connection.runAndReadAll('SELECT encode(transaction_id) AS id, encode(kind) AS kind, encode(currency) AS currency, amount, effect FROM published_payments ORDER BY line_number');
  return result.getRowObjects().map((row) => {
    const { id, kind, currency, amount, effect } = fromDuckdbRow(row);
    if (id === null || currency === null || amount === null || effect === null) return null;
    return { transaction_id: text(id), kind: text(kind), currency: text(currency), amount: billionths(amount as string), effect: billionths(effect as string) };
  });
}

const text = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString();

/** The lines that the pipeline takes and the archive's SQL reads otherwise; how many it took. */
async function compare(lines: readonly Buffer[]): Promise<{ taken: number; differing: unknown[] }> {
  const archive = await byArchive(lines);
  const pipeline = lines.map(byPipeline);
  const differing = pipeline.flatMap((facts, index) => (facts === null || JSON.stringify(facts) === JSON.stringify(archive[index]) ? [] : [{ line: lines[index].toString(), pipeline: facts, archive: archive[index] }]));
  return { taken: pipeline.filter((facts) => facts !== null).length, differing };
}

test.each(NASTY_PAYLOADS)('both read the same money and payment: %s', async (_name, payload) => {
  expect((await compare([lineOf(payload, false), lineOf(payload, true)])).differing).toEqual([]);
});

test('the pipeline takes one byte order mark, and no more', () => {
  const taken = NASTY_PAYLOADS.filter(([, payload], index) => byPipeline(lineOf(payload, false), index) !== null).map(([name]) => name);
  expect(taken).toEqual(['as it should be', 'a byte order mark', 'a byte order mark and minor units', 'a byte order mark and escaped names', 'a byte order mark and white space']);
});

test('of more than one byte order mark the archive reads nothing either', async () => {
  const payload = NASTY_PAYLOADS.find(([name]) => name === 'two byte order marks')![1];
  expect(await byArchive([lineOf(payload, false), lineOf(payload, true)])).toEqual([null, null]);
});

test('both read the same money and payment from mutations of good ones', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: fc.tuple(mutatedPayload, fc.boolean()).map(([payload, bare]) => lineOf(payload, bare)) }, mutatedLine), { minLength: 600, maxLength: 1_000, size: 'max' }), async (lines) => {
      const compared = await compare(lines);
      taken += compared.taken;
      expect(compared.differing).toEqual([]);
    }),
    { numRuns: 5, endOnFailure: true },
  );
  expect(taken).toBeGreaterThan(600);
}, 30_000);
