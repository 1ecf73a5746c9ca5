import { formatMicros, MICROS_PER_DAY, type Micros } from '../../functions/payment/time.ts';
import { paymentJournal } from '../../sql/tables/payment-journal.ts';
import { paymentTransactions } from '../../sql/tables/payment-transactions.ts';
import { DATASETS } from '../../infra/names.ts';
import { listAt, textAt } from '../google/fields.ts';
import { unlessFaults } from '../result.ts';
import type { Asked, Check } from './check.ts';

const NO_LOG = 'there is none of Cloud Logging';
/** Days of the log that are looked at: what it keeps by itself. */
const LOG_DAYS = 30;

/** What must not stand in the log. */
export const LOG_CHECKS: readonly Check[] = [
  {
    name: 'no-call-refused',
    asks: 'whether no function has refused a token since this run began',
    no_emulator: NO_LOG,
    next: 'docs/runbooks/push-refused.md.',
    async run(asked) {
      const found = await newest(asked, 'jsonPayload.message="call refused"', asked.began);
      return unlessFaults(found === null ? [] : [`refused at ${found}`], 'no such line');
    },
  },
  {
    name: 'books-only-added-to',
    asks: `whether no statement has changed or deleted rows of journal or ledger in ${LOG_DAYS} days`,
    no_emulator: NO_LOG,
    next: 'docs/runbooks/books-changed.md.',
    async run(asked) {
      const found = await newest(asked, CHANGED, asked.began - LOG_DAYS * MICROS_PER_DAY);
      return unlessFaults(found === null ? [] : [`changed at ${found}`], 'no such statement');
    },
  },
];

/** As the alert books-changed has it: BigQuery's audit log, which is always on. */
const CHANGED = [
  'protoPayload.metadata.@type="type.googleapis.com/google.cloud.audit.BigQueryAuditMetadata"',
  'protoPayload.metadata.jobChange.job.jobConfig.queryConfig.statementType=("UPDATE" OR "DELETE" OR "MERGE" OR "TRUNCATE_TABLE" OR "DROP_TABLE" OR "ALTER_TABLE")',
  `protoPayload.metadata.jobChange.job.jobConfig.queryConfig.destinationTable=~"/datasets/${DATASETS.payments}/tables/(${paymentJournal.name}|${paymentTransactions.name})$"`,
].join('\n');

/** When the newest entry of a filter was written; null where there is none. */
async function newest({ google, place: { project } }: Asked, filter: string, since: Micros): Promise<string | null> {
  const answer = await google.read('logging', 'entries:list', { resourceNames: [`projects/${project}`], filter: `${filter}\ntimestamp>="${formatMicros(since)}"`, orderBy: 'timestamp desc', pageSize: 1 });
  const [entry] = listAt(answer, 'entries');
  return entry === undefined ? null : (textAt(entry, 'timestamp') ?? 'an unknown time');
}
