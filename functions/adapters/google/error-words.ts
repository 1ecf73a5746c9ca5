import { ClaimError } from './claim-store.ts';
import type { ErrorSource } from './error-table.ts';
import { JournalError } from './row-store.ts';

/** A word that an error has for what happened, and whose it is. */
export interface ErrorWord {
  readonly source: ErrorSource;
  readonly code: string;
}

/** Errors behind an error that are looked at. Prevents a circle of causes from being an endless loop. */
const MAX_CAUSES = 8;
const MAX_GRPC_CODE = 16;
/** A column that isn't there yet is no fault of the row, though the service calls it *invalid*. */
const NO_SUCH_FIELD = /no such field/i;

type Fields = Readonly<Record<string, unknown>>;

/** The error and the errors behind it, outermost first. */
export function withCauses(error: unknown): unknown[] {
  const found = [error];
  for (let next = fieldsOf(error).cause; next !== undefined && next !== null && found.length < MAX_CAUSES; next = fieldsOf(next).cause) found.push(next);
  return found;
}

/** The words of one error, of any library, the most exact first. */
export function wordsOf(error: unknown): ErrorWord[] {
  if (error instanceof JournalError) return [{ source: 'journal', code: error.code }];
  if (error instanceof ClaimError) return [{ source: 'claims', code: error.code }];
  const said = reasonsOf(error);
  return [
    ...said.map((code): ErrorWord => ({ source: 'BigQuery', code })),
    ...said.map((code): ErrorWord => ({ source: 'OAuth', code })),
    ...codesOf(error),
    ...[fieldsOf(error).code, fieldsOf(error).name].filter((word) => typeof word === 'string').map((code): ErrorWord => ({ source: 'network', code })),
  ];
}

/** Reasons as a service gave them: of the error itself, of its list of errors, or of the answer that it holds. */
export function reasonsOf(error: unknown): string[] {
  const { reason, message, errors, response } = fieldsOf(error);
  const answered = fieldsOf(fieldsOf(response).data).error;
  const listed = [errors, fieldsOf(answered).errors].flatMap((list) => (Array.isArray(list) ? list.map(fieldsOf) : []));
  return [{ reason, message }, ...listed, { reason: answered, message: '' }].flatMap((one) => {
    if (typeof one.reason !== 'string') return [];
    return one.reason === 'invalid' && NO_SUCH_FIELD.test(String(one.message)) ? ['no_such_field'] : [one.reason];
  });
}

function codesOf(error: unknown): ErrorWord[] {
  const { code, status, response } = fieldsOf(error);
  const numbers = [code, status, fieldsOf(response).status].map((value) => (typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value));
  return numbers.flatMap((value): ErrorWord[] => {
    if (typeof value !== 'number') return [];
    if (value <= MAX_GRPC_CODE) return [{ source: 'gRPC', code: String(value) }];
    return [{ source: 'HTTP', code: String(value) }, ...(value >= 500 && value <= 599 ? [{ source: 'HTTP', code: '5xx' } as const] : [])];
  });
}

/** The fields of whatever was thrown, none of them believed to be there. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
