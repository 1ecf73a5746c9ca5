import type { StampRows } from './default-stamps.ts';
import { isObject, type JsonObject, parseExactly } from './exact-json.ts';
import { bindParameters } from './parameters.ts';
import { refuseKnownLies } from './refusals.ts';
import { sqlTokens } from './sql-tokens.ts';

const PROJECT = '/bigquery/v2/projects/[^/?]+';
const QUERIES = new RegExp(`^${PROJECT}/queries(?:\\?|$)`);
const JOBS = new RegExp(`^${PROJECT}/jobs(?:\\?|$)`);
const INSERT_ALL = new RegExp(`^${PROJECT}/datasets/[^/?]+/tables/([^/?]+)/insertAll(?:\\?|$)`);
const QUERY_RESULTS = new RegExp(`^(${PROJECT})/queries/([^/?]+)`);

/** What a request asks for, as far as it matters here. */
export type Purpose =
  | { readonly kind: 'query' | 'job' | 'other' }
  | { readonly kind: 'insert'; readonly table: string }
  | { readonly kind: 'results'; readonly job_path: string };

/** Reads the purpose off a request line. */
export function purposeOf(method: string, path: string): Purpose {
  const results = QUERY_RESULTS.exec(path);
  if (method === 'GET' && results) return { kind: 'results', job_path: `${results[1]}/jobs/${results[2]}` };
  if (method !== 'POST') return { kind: 'other' };
  const insert = INSERT_ALL.exec(path);
  if (insert) return { kind: 'insert', table: decodeURIComponent(insert[1]) };
  return { kind: QUERIES.test(path) ? 'query' : JOBS.test(path) ? 'job' : 'other' };
}

/** The body as the emulator must get it. A body that needs no change is returned as it is, byte for byte. Throws a Refusal. */
export function amendBody(purpose: Purpose, body: Buffer, stampRows: StampRows): Buffer {
  if (purpose.kind === 'other' || purpose.kind === 'results') return body;
  const request = parseExactly(body.toString());
  if (request === null) return body;
  const amended = purpose.kind === 'insert' ? stampRows(purpose.table, request) : purpose.kind === 'query' ? amendQuery(request) : amendJob(request);
  return amended === request ? body : Buffer.from(JSON.stringify(amended));
}

function amendJob(job: JsonObject): JsonObject {
  const { configuration } = job;
  if (!isObject(configuration) || !isObject(configuration.query)) return job;
  const query = amendQuery(configuration.query);
  return query === configuration.query ? job : { ...job, configuration: { ...configuration, query } };
}

function amendQuery(query: JsonObject): JsonObject {
  if (typeof query.query === 'string') refuseKnownLies(sqlTokens(query.query));
  return bindParameters(query);
}

/** The id that a request gives its job, with the project; null where it leaves that to the service. */
export function jobIdIn(path: string, body: Buffer): string | null {
  const reference = parseExactly(body.toString())?.jobReference;
  return isObject(reference) && typeof reference.jobId === 'string' ? `${path.split('?')[0]} ${reference.jobId}` : null;
}
