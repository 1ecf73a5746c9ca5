import { readFileSync } from 'node:fs';
import Value from 'typebox/value';
import { counted } from '../figures.ts';
import { listStatements } from '../adapters/embedded/sql-files.ts';
import { keepEveryDisposition } from '../reconciliation/every-disposition.ts';
import { runChecks } from '../reconciliation/checks.ts';
import { observe } from './observed.ts';
import { ANSWER_KEY_SCHEMA, type AnswerKey } from '../simulator/answer-key.ts';
import { judge } from '../simulator/judge.ts';
import { storeNow } from './store-clock.ts';
import type { BooksToRead } from './data-directory.ts';
import { EXIT, Failure } from '../failure.ts';

/** One check or one fact of the answer key. */
export interface Verified {
  readonly name: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

/** Every check in `sql/checks`, and every fact of the answer key where one is given. Reads only. */
export async function verifyDirectory(directory: BooksToRead, answerKey: string | null): Promise<Verified[]> {
  await keepEveryDisposition(directory.books, DISPOSITIONS);
  try {
    return await verifyBooks(directory, answerKey);
  } finally {
    await directory.books.forget(DISPOSITIONS);
  }
}

/** The view under its own name: a temporary table comes before it, and four statements would each work the whole of it out. */
const DISPOSITIONS = 'message_dispositions';

async function verifyBooks(directory: BooksToRead, answerKey: string | null): Promise<Verified[]> {
  const checks = await runChecks(directory.books, listStatements('checks'), { now: { timestamp: await storeNow(directory) }, transaction_id_is_identity: directory.settings.identity_scope === 'transaction_id' });
  const verified = checks.map((check) => ({
    name: check.description,
    expected: 'no row',
    found: check.rows_found === 0 ? 'no row' : `${counted(check.rows_found, 'row')}, e.g. ${JSON.stringify(check.example, (_key, value) => (typeof value === 'bigint' ? value.toString() : value))}`,
    ok: check.rows_found === 0,
  }));
  if (answerKey === null) return verified;
  const findings = judge(readAnswerKey(answerKey), await observe(directory.books));
  return [...verified, ...findings.map(({ fact, ...rest }) => ({ name: fact, ...rest }))];
}

const WHERE_KEYS_COME_FROM = 'Name the file that `payments simulate --answer-key` wrote.';

function readAnswerKey(file: string): AnswerKey {
  let key: unknown;
  try {
    key = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(EXIT.unusable, `The answer key ${file} can't be read: ${(error as Error).message}`, WHERE_KEYS_COME_FROM);
  }
  if (Value.Check(ANSWER_KEY_SCHEMA, key)) return key;
  const [first] = Value.Errors(ANSWER_KEY_SCHEMA, key);
  throw new Failure(EXIT.unusable, `${file} is no answer key: ${first.instancePath || 'the whole'} ${first.message}.`, WHERE_KEYS_COME_FROM);
}
