import type { BigQuery } from '@google-cloud/bigquery';
import { readInsertAnswer } from '../functions/adapters/google/insert-answer.ts';
import { journalRow } from '../functions/adapters/google/journal-row.ts';
import type { RowStore } from '../functions/adapters/google/row-store.ts';

/** The same calls as the journal's, through the `request` of Google's client: what that costs. */
export function insertByClient(bigquery: BigQuery, dataset: string, table: string): RowStore<string> {
  const uri = `/datasets/${dataset}/tables/${table}/insertAll`;
  return {
    encode: journalRow,
    bytesOf: (row) => Buffer.byteLength(row) + 10,
    async insert(rows) {
      const body = `{"skipInvalidRows":true,"ignoreUnknownValues":false,"rows":[${rows.map((row) => `{"json":${row}}`).join(',')}]}`;
      const call = { method: 'POST', uri, body, headers: { 'content-type': 'application/json' } };
      const answer = await new Promise<unknown>((resolve, reject) => {
        bigquery.request(call as never, (error: Error | null, found?: unknown) => (error ? reject(error) : resolve(found)));
      });
      return readInsertAnswer({ status: 200, text: JSON.stringify(answer) }, rows.length);
    },
  };
}
