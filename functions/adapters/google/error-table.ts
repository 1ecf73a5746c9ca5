import type { ClaimProblem } from './claim-store.ts';
import type { JournalProblem } from './row-store.ts';

/**
 * *transient*: the same call may succeed later, as nothing is wrong with what was sent. *permanent*: what was sent would be refused again.
 * *unknown*: nobody can say; handled as transient.
 *
 * What a person has to mend outside (a grant, a quota, a table) is transient: the messages wait for it, none is rejected on its account.
 */
export type ErrorKind = 'transient' | 'permanent' | 'unknown';

/** Whose word a code is; in this order an error is looked up. */
export const ERROR_SOURCES = ['journal', 'claims', 'BigQuery', 'OAuth', 'gRPC', 'HTTP', 'network'] as const;
export type ErrorSource = (typeof ERROR_SOURCES)[number];

type Meaning = readonly [kind: ErrorKind, means: string];

const JOURNAL: Readonly<Record<JournalProblem, Meaning>> = {
  no_such_field: ['transient', 'The table lacks a column; a change of schema spreads in minutes.'],
  row_not_written: ['transient', 'A row was not written, for a reason that is not in it.'],
  all_rows_stopped: ['transient', 'Each row was left out on account of another.'],
  stand_in_refused: ['transient', 'Even a line without content was refused, so it is not the content.'],
  unreadable_answer: ['transient', 'The answer is not the one that is documented: it proves nothing.'],
  call_failed: ['transient', 'The service failed the call, or allows it to nobody.'],
  no_credentials: ['transient', 'There is no token to call with.'],
  no_answer: ['transient', 'No whole answer. The lines may be there, which is harmless.'],
  deadline: ['transient', 'No answer in time. The lines may be there, which is harmless.'],
};

const CLAIMS: Readonly<Record<ClaimProblem, Meaning>> = {
  deadline: ['transient', 'No answer in time. A claim that was made is found again as our own.'],
  claim_gone: ['transient', 'The claim was there on writing and gone on reading, several times.'],
  unreadable_claim: ['transient', 'The document is no claim. A person looks at it.'],
};

/** `reason` of an error. https://cloud.google.com/bigquery/docs/error-messages */
const BIGQUERY: Readonly<Record<string, Meaning>> = {
  accessDenied: ['transient', 'No access. A person grants it; grants spread in minutes.'],
  attributeError: ['permanent', 'The statement calls for what an object does not have.'],
  backendError: ['transient', 'The service is not available.'],
  badRequest: ['permanent', 'The call is wrong.'],
  billingNotEnabled: ['transient', 'A person enables billing.'],
  billingTierLimitExceeded: ['permanent', 'The statement needs too much for what it reads.'],
  blocked: ['transient', 'The service refuses such calls for now.'],
  bytesBilledLimitExceeded: ['permanent', 'The statement would read more than it may.'],
  duplicate: ['permanent', 'A job or table of this name is there already.'],
  internalError: ['transient', 'The service failed.'],
  invalid: ['permanent', 'What was sent is wrong: a row, a value, a schema.'],
  invalidQuery: ['permanent', 'The statement is wrong.'],
  invalidUser: ['transient', 'The credentials are not those of a user. A person renews them.'],
  jobBackendError: ['transient', 'The job failed inside the service.'],
  jobInternalError: ['transient', 'The job failed inside the service.'],
  jobRateLimitExceeded: ['transient', 'Too many jobs in a short time.'],
  no_such_field: ['transient', 'The service says *invalid* and "no such field": the table lacks a column; a change of schema spreads in minutes.'],
  notFound: ['transient', 'No such table, dataset or job (yet); a table that was just made shows in minutes.'],
  notImplemented: ['unknown', 'The service does not offer it: a wrong address, or an older release?'],
  proxyAuthenticationRequired: ['transient', 'A proxy wants credentials.'],
  quotaExceeded: ['transient', 'A quota is used up; it comes back, or a person raises it.'],
  rateLimitExceeded: ['transient', 'Too many calls in a short time.'],
  resourceInUse: ['transient', 'Something else holds it.'],
  resourcesExceeded: ['permanent', 'The statement needs more than a job is given.'],
  responseTooLarge: ['permanent', 'The result is larger than an answer may be.'],
  stopped: ['transient', 'A job was cancelled, or a row left out on account of another.'],
  tableUnavailable: ['transient', 'The table is not available for now.'],
  timeout: ['transient', 'It took too long.'],
};

/** `error` of a token endpoint. https://datatracker.ietf.org/doc/html/rfc6749#section-5.2 */
const OAUTH: Readonly<Record<string, Meaning>> = {
  invalid_client: ['transient', 'The credentials are not known. A person renews them.'],
  invalid_grant: ['transient', 'The credentials are revoked or over, or the clock is wrong. A person renews them.'],
  invalid_request: ['transient', 'The endpoint of the tokens does not take our call. A person mends the credentials.'],
  invalid_scope: ['transient', 'The credentials do not reach so far. A person renews them.'],
  unauthorized_client: ['transient', 'The credentials may not be used so. A person renews them.'],
  unsupported_grant_type: ['transient', 'The credentials are of another type. A person renews them.'],
};

/**
 * `code` from 1 to 16, of Firestore, Pub/Sub and the scheduler. https://grpc.io/docs/guides/status-codes/,
 * https://cloud.google.com/firestore/native/docs/understand-error-codes, https://cloud.google.com/pubsub/docs/reference/error-codes
 */
const GRPC: readonly (readonly [name: string, ...Meaning])[] = [
  ['CANCELLED', 'transient', 'The call was given up; it may have been done.'],
  ['UNKNOWN', 'unknown', 'The service says no more.'],
  ['INVALID_ARGUMENT', 'permanent', 'What was sent is wrong, in whatever state the service is.'],
  ['DEADLINE_EXCEEDED', 'transient', 'No answer in time; it may have been done.'],
  ['NOT_FOUND', 'transient', 'The database, topic, subscription or job is not there (yet).'],
  ['ALREADY_EXISTS', 'permanent', 'It is there already. On a claim this is no error: it is read and compared.'],
  ['PERMISSION_DENIED', 'transient', 'No access. A person grants it; grants spread in minutes.'],
  ['RESOURCE_EXHAUSTED', 'transient', 'A quota or limit is used up for now.'],
  ['FAILED_PRECONDITION', 'transient', 'Something has to be mended in the project first: billing, a key, a state.'],
  ['ABORTED', 'transient', 'It met another write.'],
  ['OUT_OF_RANGE', 'permanent', 'A value is past what there is.'],
  ['UNIMPLEMENTED', 'unknown', 'The service does not offer it: a wrong address, or an older release?'],
  ['INTERNAL', 'transient', 'The service failed.'],
  ['UNAVAILABLE', 'transient', 'The service is not available.'],
  ['DATA_LOSS', 'unknown', 'The service lost data. A person asks its support.'],
  ['UNAUTHENTICATED', 'transient', 'The credentials are missing, over or refused.'],
];

/** Statuses of answers that say no more. https://cloud.google.com/bigquery/docs/error-messages, https://cloud.google.com/storage/docs/json_api/v1/status-codes */
const HTTP: Readonly<Record<string, Meaning>> = {
  400: ['unknown', 'The call is wrong; nobody says how. It may be its credentials.'],
  401: ['transient', 'The credentials are missing, over or refused.'],
  403: ['transient', 'No access. A person grants it; grants spread in minutes.'],
  404: ['transient', 'It is not there (yet).'],
  407: ['transient', 'A proxy wants credentials.'],
  408: ['transient', 'It took too long.'],
  409: ['unknown', 'It is there already, or it met another write: the status does not say which.'],
  412: ['permanent', 'It has changed since it was read.'],
  413: ['permanent', 'What was sent is too large.'],
  429: ['transient', 'Too many calls in a short time.'],
  499: ['transient', 'The call was given up; it may have been done.'],
  501: ['unknown', 'The service does not offer it: a wrong address, or an older release?'],
  '5xx': ['transient', 'Any other: the service, or something on the way, failed.'],
};

/** `code` or name of an error of Node or an HTTP client. https://nodejs.org/api/errors.html */
const NETWORK: Readonly<Record<string, Meaning>> = {
  AbortError: ['transient', 'The call was given up; it may have been done.'],
  EAI_AGAIN: ['transient', 'The name could not be looked up for now.'],
  ECONNABORTED: ['transient', 'The connection was given up.'],
  ECONNREFUSED: ['transient', 'Nobody answers there.'],
  ECONNRESET: ['transient', 'The connection was cut; it may have been done.'],
  EHOSTUNREACH: ['transient', 'No way there.'],
  ENETDOWN: ['transient', 'No network.'],
  ENETUNREACH: ['transient', 'No way there.'],
  ENOTFOUND: ['transient', 'The name is not known (yet).'],
  EPIPE: ['transient', 'The connection was cut.'],
  ERR_STREAM_PREMATURE_CLOSE: ['transient', 'The answer was cut short; it may have been done.'],
  ESOCKETTIMEDOUT: ['transient', 'No answer in time; it may have been done.'],
  ETIMEDOUT: ['transient', 'No answer in time; it may have been done.'],
  TimeoutError: ['transient', 'No answer in time; it may have been done.'],
  UND_ERR_CONNECT_TIMEOUT: ['transient', 'No connection in time.'],
  UND_ERR_HEADERS_TIMEOUT: ['transient', 'No answer in time; it may have been done.'],
  UND_ERR_SOCKET: ['transient', 'The connection was cut; it may have been done.'],
};

/** One row: an error that we know. */
export interface ErrorRow {
  readonly source: ErrorSource;
  /** As the error has it: a code, a reason, a status, a name. */
  readonly code: string;
  /** What it is called where the code is a number. */
  readonly called: string | null;
  readonly kind: ErrorKind;
  readonly means: string;
}

/** The one table of errors that come from outside, and of what our adapters make of them. */
export const ERROR_TABLE: readonly ErrorRow[] = [
  ...rows('journal', JOURNAL),
  ...rows('claims', CLAIMS),
  ...rows('BigQuery', BIGQUERY),
  ...rows('OAuth', OAUTH),
  ...GRPC.map(([called, kind, means], place): ErrorRow => ({ source: 'gRPC', code: String(place + 1), called, kind, means })),
  ...rows('HTTP', HTTP),
  ...rows('network', NETWORK),
];

function rows(source: ErrorSource, meanings: Readonly<Record<string, Meaning>>): ErrorRow[] {
  return Object.entries(meanings).map(([code, [kind, means]]) => ({ source, code, called: null, kind, means }));
}
