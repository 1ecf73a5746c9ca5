import { describe, expect, test } from 'vitest';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { journalContract, line } from '../contract/journal.ts';
import { byResource, byStatement, withoutTable } from './journal-tables.ts';

describe('the journal in BigQuery, its table made as infrastructure makes it', () => journalContract({ stamps: 'store', many_lines: 1_200 }, byResource));

test('its table made by the statement takes a line as well', async () => {
  const { journal, rows, close } = await byStatement();
  await journal.append([line('a')]);
  expect(await rows()).toMatchObject([{ message_id: 'a', amount: '10.500000000', amount_minor: 1050n, payload: line('a').payload }]);
  await close();
});

test('columns are those of the description, in order', async () => {
  const { journal, rows, close } = await byResource();
  await journal.append([line('a')]);
  expect(Object.keys((await rows())[0])).toEqual(paymentJournal.columns.map(({ name }) => name));
  await close();
});

test('text comes back to the letter', async () => {
  const { journal, rows, close } = await byResource();
  const nasty = line('a"\\\u0001\u2028😀\uffff', undefined, { metadata: { note: '{{projectId}} \' " \\ \n \u0000 é' } });
  await journal.append([nasty]);
  expect(await rows()).toMatchObject([{ message_id: nasty.message.message_id, payload: nasty.payload }]);
  await close();
});

test('what concurrent requests append is all there, each line once', async () => {
  const { journal, rows, close } = await byResource();
  const ids = Array.from({ length: 80 }, (_, index) => `message-${index}`);
  await Promise.all(ids.map((id) => journal.append([line(id)])));
  expect((await rows()).map((row) => row.message_id as string).sort()).toEqual([...ids].sort());
  await close();
});

test('no table: the append fails, so that the message comes again', async () => {
  const { journal, close } = await withoutTable();
  await expect(journal.append([line('a')])).rejects.toMatchObject({ code: 'call_failed', status: 404, reason: 'notFound' });
  await close();
});
