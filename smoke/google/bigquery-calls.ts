import type { BigQuery } from '@google-cloud/bigquery';
import { BigqueryApiError, bigqueryCall } from '../../functions/adapters/google/bigquery-client.ts';

/** What is asked of BigQuery besides the books. */
export interface BigqueryCalls {
  /** Starts `SELECT 1` as a job of this id, and once more: the status of the second answer, 200 where it was taken. */
  insertTwice(id: string): Promise<number>;
  /** Has a statement planned, and not run: why BigQuery refuses it, or null. */
  refusal(sql: string): Promise<string | null>;
}

/** By the client of the books. */
export function bigqueryCalls(client: BigQuery, location: string): BigqueryCalls {
  const insert = (query: string, jobId?: string) =>
    bigqueryCall(client, { method: 'POST', uri: '/jobs', json: { jobReference: { projectId: client.projectId, jobId, location }, configuration: { dryRun: jobId === undefined, query: { query, useLegacySql: false } } } });
  return {
    async insertTwice(id) {
      await insert('SELECT 1', id);
      try {
        await insert('SELECT 1', id);
        return 200;
      } catch (error) {
        if (error instanceof BigqueryApiError && typeof error.code === 'number') return error.code;
        throw error;
      }
    },
    async refusal(sql) {
      try {
        await insert(sql);
        return null;
      } catch (error) {
        if (error instanceof BigqueryApiError && (error.code === 400 || error.code === 404)) return error.message;
        throw error;
      }
    },
  };
}
