import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClaimError } from '../../../functions/adapters/google/claim-store.ts';
import { describeError, ERROR_TABLE, type ErrorKind, kindOf } from '../../../functions/adapters/google/error-kinds.ts';
import { ERROR_SOURCES, type ErrorSource } from '../../../functions/adapters/google/error-table.ts';
import { JournalError } from '../../../functions/adapters/google/row-store.ts';
import { bare, readDocument, section, tableRows } from '../../docs/markdown.ts';

/** An error as a library makes it: fields on an Error. */
const error = (fields: object, message = 'what was sent: 4111111111111111') => Object.assign(new Error(message), fields);
/** As BigQuery's client throws it (ApiError). */
const bigquery = (code: number, ...reasons: string[]) => error({ code, errors: reasons.map((reason) => ({ reason, message: 'm', domain: 'global' })) });
/** As the library for credentials throws it (GaxiosError). */
const gaxios = (status: number, data: unknown) => error({ status, code: String(status), config: { headers: { authorization: 'Bearer secret' } }, response: { status, data } });

describe('the kind of an error', () => {
  const cases: [string, unknown, ErrorKind][] = [
    ['our journal', new JournalError('row_not_written', 'invalid'), 'transient'],
    ['our claims', new ClaimError('claim_gone'), 'transient'],
    ['BigQuery: too many calls, with the status of no access', bigquery(403, 'rateLimitExceeded'), 'transient'],
    ['BigQuery: quota', bigquery(403, 'quotaExceeded'), 'transient'],
    ['BigQuery: no access', bigquery(403, 'accessDenied'), 'transient'],
    ['BigQuery: no such table', bigquery(404, 'notFound'), 'transient'],
    ['BigQuery: a row that is wrong', bigquery(400, 'invalid'), 'permanent'],
    ['BigQuery: a statement that is wrong', bigquery(400, 'invalidQuery'), 'permanent'],
    ['BigQuery: a column that is not there yet', error({ code: 400, errors: [{ reason: 'invalid', message: 'no such field: flags.' }] }), 'transient'],
    ['BigQuery: a table that is not available, with the status of a wrong call', bigquery(400, 'tableUnavailable'), 'transient'],
    ['BigQuery: several reasons, of which one may pass', bigquery(400, 'invalid', 'backendError'), 'transient'],
    ['BigQuery: several reasons that stay', bigquery(400, 'invalid', 'duplicate'), 'permanent'],
    ['BigQuery: a reason of its own job error', error({ reason: 'resourcesExceeded' }), 'permanent'],
    ['BigQuery: a reason that we do not know, by its status', bigquery(503, 'somethingNew'), 'transient'],
    ['BigQuery: a reason that we do not know, with a status that says little', bigquery(400, 'somethingNew'), 'unknown'],
    ['gRPC: not available', error({ code: 14, details: 'x' }), 'transient'],
    ['gRPC: no access', error({ code: 7 }), 'transient'],
    ['gRPC: a wrong argument', error({ code: 3 }), 'permanent'],
    ['gRPC: it is there already', error({ code: 6 }), 'permanent'],
    ['gRPC: unknown', error({ code: 2 }), 'unknown'],
    ['gRPC: a reason beside the code is no word of the table', error({ code: 7, reason: 'IAM_PERMISSION_DENIED' }), 'transient'],
    ['gRPC: no such code', error({ code: 17 }), 'unknown'],
    ['gRPC: fine, and yet thrown', error({ code: 0 }), 'unknown'],
    ['HTTP: a status of its own', error({ code: 429 }), 'transient'],
    ['HTTP: as text', error({ code: '503' }), 'transient'],
    ['HTTP: one of five hundred and something', error({ status: 521 }), 'transient'],
    ['HTTP: the own row counts, not that of the hundred', error({ code: 501 }), 'unknown'],
    ['HTTP: exists, or aborted', error({ code: 409 }), 'unknown'],
    ['HTTP: too large', error({ code: 413 }), 'permanent'],
    ['HTTP: no error at all', error({ code: 200 }), 'unknown'],
    ['credentials: refused, with the status of a wrong call', gaxios(400, { error: 'invalid_grant', error_description: 'x' }), 'transient'],
    ['credentials: refused by another word', gaxios(400, { error: 'invalid_something' }), 'unknown'],
    ['credentials: the answer of an API', gaxios(403, { error: { code: 403, errors: [{ reason: 'quotaExceeded' }], status: 'PERMISSION_DENIED' } }), 'transient'],
    ['credentials: none', error({}, 'Could not load the default credentials.'), 'unknown'],
    ['network: cut', error({ code: 'ECONNRESET', errno: -104, syscall: 'read' }), 'transient'],
    ['network: no name', error({ code: 'EAI_AGAIN' }), 'transient'],
    ['network: behind another error', new TypeError('fetch failed', { cause: error({ code: 'ETIMEDOUT' }) }), 'transient'],
    ['network: two behind', new Error('x', { cause: new Error('y', { cause: error({ code: 14 }) }) }), 'transient'],
    ['the outer error counts where the table knows it', error({ code: 3, cause: error({ code: 14 }) }), 'permanent'],
    ['a file system\'s error', error({ code: 'ENOENT' }), 'unknown'],
    ['a mistake of ours', new TypeError('x is not a function'), 'unknown'],
    ['a text', '14', 'unknown'],
    ['nothing', undefined, 'unknown'],
  ];
  test.each(cases)('%s', (_name, thrown, kind) => expect(kindOf(thrown)).toBe(kind));

  test('as Node throws them: time over, given up, nobody there', async () => {
    const late = await new Promise((resolve) => AbortSignal.timeout(1).addEventListener('abort', (event) => resolve((event.target as AbortSignal).reason)));
    const refused = await fetch(`http://127.0.0.1:${await closedPort()}/`).catch((caught: unknown) => caught);
    expect([late, AbortSignal.abort().reason, refused].map(kindOf)).toEqual(['transient', 'transient', 'transient']);
  });

  test('a circle of causes ends', () => {
    const circle = new Error('x');
    circle.cause = new Error('y', { cause: circle });
    expect(kindOf(circle)).toBe('unknown');
  });

  test('never throws, whatever was thrown', () => {
    fc.assert(fc.property(fc.anything(), (thrown) => {
      expect(['transient', 'permanent', 'unknown']).toContain(kindOf(thrown));
      expect(describeError(thrown).name).toBeTypeOf('string');
    }));
  });

  const asThrown: Readonly<Record<ErrorSource, (code: string) => unknown>> = {
    journal: (code) => new JournalError(code as JournalError['code']),
    claims: (code) => new ClaimError(code as ClaimError['code']),
    BigQuery: (code) => (code === 'no_such_field' ? error({ reason: 'invalid' }, 'no such field: x') : bigquery(418, code)),
    OAuth: (code) => gaxios(418, { error: code }),
    gRPC: (code) => error({ code: Number(code) }),
    HTTP: (code) => error({ code: code === '5xx' ? 599 : Number(code) }),
    network: (code) => (code.endsWith('Error') ? error({ name: code }) : error({ code })),
  };
  test.each(ERROR_TABLE.map((row) => [row.source, row.code, row.kind] as const))('%s %s is %s', (source, code, kind) => expect(kindOf(asThrown[source](code))).toBe(kind));

  test('a code stands once for a source', () => {
    const names = ERROR_TABLE.map(({ source, code }) => `${source} ${code}`);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('what may be logged of an error', () => {
  test.each<[string, unknown, ReturnType<typeof describeError>]>([
    ['BigQuery', bigquery(403, 'rateLimitExceeded'), { code: 403, reason: 'rateLimitExceeded', name: 'Error' }],
    ['gRPC', error({ code: 7, reason: 'IAM_PERMISSION_DENIED', details: 'x' }), { code: 7, reason: 'IAM_PERMISSION_DENIED', name: 'Error' }],
    ['our journal', new JournalError('row_not_written', 'backendError'), { code: 'row_not_written', reason: 'backendError', name: 'JournalError' }],
    ['the error behind', new TypeError('fetch failed', { cause: error({ code: 'ECONNRESET' }) }), { code: 'ECONNRESET', reason: null, name: 'TypeError' }],
    ['Node', error({ code: 'ERR_HTTP2_STREAM_ERROR' }), { code: 'ERR_HTTP2_STREAM_ERROR', reason: null, name: 'Error' }],
    ['a class without a name of its own', new (class GoogleError extends Error {})('x'), { code: null, reason: null, name: 'GoogleError' }],
    ['what is no word of a library', error({ code: '4111111111111111', reason: 'tx-1 of Mr Smith', name: 'a b' }), { code: null, reason: null, name: 'Error' }],
    ['a number that is no code', error({ code: 4_111_111_111 }), { code: null, reason: null, name: 'Error' }],
    ['a text', 'tx-1', { code: null, reason: null, name: 'string' }],
  ])('%s', (_name, thrown, expected) => expect(describeError(thrown)).toEqual(expected));

  test('nothing of what was sent, wherever a library quotes it', () => {
    const sent = fc.stringMatching(/^(tx-\d{1,6}|\d{12,19}|[a-z]+ [a-z]+@shop\.example|€ \d+)$/);
    fc.assert(fc.property(sent, (secret) => {
      const quoting = error({ code: secret, reason: secret, status: secret, details: secret, name: secret, errors: [{ reason: secret, message: secret }], response: { data: { error: secret }, config: { data: secret } }, config: { headers: secret }, cause: error({ code: secret }, secret) }, secret);
      expect(JSON.stringify(describeError(quoting))).not.toContain(secret);
    }));
  });
});

describe('docs/errors.md', () => {
  const PAGE = readDocument('docs/errors.md');
  test.each(ERROR_SOURCES)('has the rows of %s, in their order', (source) => {
    const rows = ERROR_TABLE.filter((row) => row.source === source).map(({ code, called, kind, means }) => [called === null ? code : `${code} ${called}`, kind, means]);
    expect(rows.length).toBeGreaterThan(0);
    expect(tableRows(section(PAGE, `## ${source}`)).map(([code, ...rest]) => [bare(code), ...rest])).toEqual(rows);
  });

  test('has the sections in the order in which an error is looked up', () => {
    expect([...PAGE.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).toEqual([...ERROR_SOURCES]);
  });
});

/** A port on which nobody listens: it was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
