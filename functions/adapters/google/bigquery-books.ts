import type { BigQuery } from '@google-cloud/bigquery';
import type { Books, Log, SqlParameters, SqlRow } from '../../ports.ts';
import { readSqlText } from '../sql-text.ts';
import { type BigqueryStatement, scratchTable, toBigquery } from './bigquery-dialect.ts';
import { BigqueryJobError, readResults, runQueryJob } from './bigquery-job.ts';
import type { BooksPlace } from './bigquery-names.ts';
import { fromResultRows, type QueryParameter, toQueryParameter } from './bigquery-values.ts';
import { reasonsOf } from './error-words.ts';

/** One run of a scheduled job. Its name is in the id of every job of BigQuery that it starts. */
export interface RunName {
  /** The scheduler's job, such as `post-ledger`. */
  readonly job: string;
  /** The time that it was scheduled for, as the scheduler wrote it; null where a person started it. */
  readonly schedule_time: string | null;
  /** New for each try: a job that failed has used its id up. */
  readonly attempt: string;
}

export interface BigqueryBooksOptions {
  readonly place: BooksPlace;
  /** Of the datasets: EU, US or a region. */
  readonly location: string;
  readonly run: RunName;
  readonly log: Log;
}

/** What a run has been billed so far. */
export interface Billed {
  readonly bytes: bigint;
  readonly slot_millis: bigint;
}

/** The books of one run. */
export interface BigqueryBooks extends Books {
  /** From here on the whole run may be billed so many bytes. See bytes-limit.ts. */
  limitTo(bytes: bigint): void;
  billed(): Billed;
}

/** What BigQuery says of the second of two transactions that change one table, or of a statement beside one. https://cloud.google.com/bigquery/docs/transactions#transaction_concurrency */
const LOST = /due to concurrent update/i;
const LIMIT_EXCEEDED = 'bytesBilledLimitExceeded';
/** What BigQuery says beside it. A script that fails may have `invalidQuery` for its reason, whatever its statement failed of: then only the words tell. https://cloud.google.com/bigquery/docs/best-practices-costs#restrict-bytes-billed */
const LIMIT_EXCEEDED_IN_WORDS = /exceeded limit for bytes billed/i;
/** Bytes. A table that is read is billed with 10 MiB at least. Prevents a limit that no statement of ten tables could keep. https://cloud.google.com/bigquery/pricing#on_demand_pricing */
const LEAST_LIMIT = 100n * 1024n * 1024n;
/** Hours that a scratch table stays, where the run that made it did not drop it. */
const SCRATCH_HOURS = 24;

/**
 * The books in BigQuery: each file of `sql/` is a job of its own, a posting one script. Nothing is run in a session: an open one would
 * hold the posting head for a day. Statements of one run go one after the other.
 */
export function bigqueryBooks(client: BigQuery, options: BigqueryBooksOptions): BigqueryBooks {
  const { place, location, log } = options;
  const name = runId(options.run);
  let jobs = 0;
  let limit: bigint | null = null;
  let billed: Billed = { bytes: 0n, slot_millis: 0n };

  async function run(label: string, sql: string, parameters: readonly QueryParameter[], is_script = false): Promise<SqlRow[]> {
    const id = `${name}_${++jobs}`;
    const bytes_limit = limit === null ? null : larger(limit - billed.bytes, LEAST_LIMIT);
    const job = { id, sql, parameters, is_script, bytes_limit, labels: { job: toLabel(options.run.job), statement: toLabel(label) } };
    const done = await runQueryJob(client, location, job).catch((error: unknown) => {
      if (bytes_limit === null || !isBeyondLimit(error)) throw error;
      // A limit must never stop posting for good. A statement that hit it did nothing and was not billed. Of a script, the statements before
      // that one were billed (which we don't count: a failed job tells no sum), and what they did was rolled back.
      limit = null;
      log.write('ERROR', 'limit on bytes billed was hit: run goes on without one', { job: options.run.job, statement: label, limit_bytes: Number(bytes_limit) });
      return runQueryJob(client, location, { ...job, id: `${id}_unlimited`, bytes_limit: null });
    });
    billed = { bytes: billed.bytes + done.bytes_billed, slot_millis: billed.slot_millis + done.slot_millis };
    if (is_script || !isSelect(sql)) return [];
    const { fields, rows } = await readResults(client, location, limit === null && bytes_limit !== null ? `${id}_unlimited` : id);
    return fromResultRows(fields, rows);
  }

  const statement = (file: string): BigqueryStatement => toBigquery(readSqlText(file), place, name);

  return {
    query(file, parameters = {}) {
      const { sql, parameters: needed } = statement(file);
      return run(file, sql, bind(file, needed, parameters));
    },
    async transaction(files, parameters) {
      const statements = files.map(statement);
      const needed = [...new Set(statements.flatMap((one) => one.parameters))];
      const script = ['BEGIN TRANSACTION', ...statements.map(({ sql }) => sql), 'COMMIT TRANSACTION'].map((sql) => `${sql};`).join('\n');
      try {
        await run(files[0], script, bind(files[0], needed, parameters), true);
        return true;
      } catch (error) {
        // A script that ends with an error has rolled its transaction back.
        if (error instanceof BigqueryJobError && LOST.test(error.message)) return false;
        throw error;
      }
    },
    async materialise(table, file, parameters = {}, add) {
      const { sql, parameters: needed } = statement(file);
      const target = scratchTable(table, place, name);
      const expiry = `OPTIONS(expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL ${SCRATCH_HOURS} HOUR))`;
      await run(file, `${add ? `INSERT INTO ${target}` : `CREATE OR REPLACE TABLE ${target} ${expiry} AS`}\n${sql}`, bind(file, needed, parameters));
    },
    async forget(table) {
      await run('forget', `DROP TABLE IF EXISTS ${scratchTable(table, place, name)}`, []);
    },
    limitTo(bytes) {
      limit = bytes;
    },
    billed: () => billed,
  };
}

/** The limit on bytes billed was hit, by whichever of its two words and wherever they stand. */
function isBeyondLimit(error: unknown): boolean {
  return error instanceof Error && (reasonsOf(error).includes(LIMIT_EXCEEDED) || LIMIT_EXCEEDED_IN_WORDS.test(error.message));
}

/** The parameters that a statement names; a missing one is an error that says which. */
function bind(file: string, needed: readonly string[], given: SqlParameters): QueryParameter[] {
  return needed.map((name) => {
    const value = given[name];
    if (value === undefined) throw new Error(`${file} needs the parameter @${name}`);
    return toQueryParameter(name, value);
  });
}

/** Name, schedule time and attempt, in the letters that an id and a table's name may have. */
export function runId({ job, schedule_time, attempt }: RunName): string {
  return [job, schedule_time ?? 'by_hand', attempt].map((part) => part.replace(/[^A-Za-z0-9]+/g, '_')).join('_');
}

/** BigQuery's labels: small letters, digits, `_`, `-`, up to 63. https://cloud.google.com/bigquery/docs/labels-intro */
function toLabel(text: string): string {
  return text.replace(/^jobs\/|\.sql$/g, '').toLowerCase().replace(/[^a-z0-9_-]+/g, '-').slice(-63);
}

/** Statements that give rows: those that begin, after their comments, with SELECT or WITH. */
function isSelect(sql: string): boolean {
  return /^(\s|--[^\n]*\n)*(SELECT|WITH)\b/i.test(sql);
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
