import { views } from '../../functions/adapters/google/bigquery-schema.ts';
import { DATASETS } from '../../infra/names.ts';
import { listAt, textAt } from '../google/fields.ts';
import { smokeSql } from '../sql-file.ts';
import { type Finding, unlessFaults } from '../result.ts';
import type { Check } from './check.ts';

/** Columns that may hold pieces of a payload. None of them may be in a view of finance. */
const PAYLOAD_COLUMNS: ReadonlySet<string> = new Set(['payload', 'data', 'faults', 'found', 'attributes']);
const DUPLICATE = 409;
/** Characters of BigQuery's words that a line shows. Prevents a whole plan from being printed. */
const LONGEST_REFUSAL = 300;

/** What the books rely on. */
export const BIGQUERY_CHECKS: readonly Check[] = [
  {
    name: 'journal-stamps',
    asks: 'whether the store stamps every line of the journal, and none ahead of its clock',
    no_emulator: null,
    next: 'The default of payment_journal.journaled_at must be CURRENT_TIMESTAMP(): `bq show --schema payments.payment_journal`. Postings and look-backs go by that stamp.',
    async run({ books }): Promise<Finding> {
      const [{ without_stamp, ahead }] = await books.query(smokeSql('stamps'));
      return unlessFaults(without_stamp === 0n && ahead === 0n ? [] : [`${without_stamp} lines have no stamp, ${ahead} are ahead`], '0 without, 0 ahead');
    },
  },
  {
    name: 'job-id-once',
    asks: 'whether the id of a job serves once: a repeated start is 409, by which a lost reply is told from a second run',
    no_emulator: null,
    next: 'Stop posting, and ask Google: every repeat of a statement relies on it.',
    async run({ bigquery, run }): Promise<Finding> {
      const status = await bigquery.insertTwice(`smoke_${run.replace(/[^A-Za-z0-9]/g, '_')}_once`);
      return unlessFaults(status === DUPLICATE ? [] : [`the second start of a job of one id is answered ${status}`], String(status));
    },
  },
  {
    name: 'views-planned',
    asks: 'whether BigQuery plans a query of each view: what Google\'s analyzer takes may be too much for it',
    no_emulator: null,
    next: 'Tell the developers, with the words of BigQuery. Postings and reconciliations read none of them but the archive\'s.',
    async run({ bigquery, place: { project } }): Promise<Finding> {
      const names = views({ project, dataset: DATASETS.payments, scratch_dataset: DATASETS.scratch }).map(({ name }) => name);
      const faults: string[] = [];
      for (const name of names) {
        const refusal = await bigquery.refusal(`SELECT * FROM \`${project}\`.\`${DATASETS.payments}\`.\`${name}\``);
        if (refusal !== null) faults.push(`${name}: ${refusal.slice(0, LONGEST_REFUSAL)}`);
      }
      return unlessFaults(faults, `${names.length} views`);
    },
  },
  {
    name: 'finance-views',
    asks: 'whether finance has its views, and none with a column of a payload',
    no_emulator: 'no emulator knows authorised views',
    next: '`pulumi up` makes the views anew; infra/finance-views.ts names what they leave out.',
    async run({ google, place: { project } }): Promise<Finding> {
      const dataset = `projects/${project}/datasets/${DATASETS.finance}/tables`;
      const names = listAt(await google.read('bigquery', `${dataset}?maxResults=1000`), 'tables').map((table) => textAt(table, 'tableReference.tableId') ?? '');
      const faults: string[] = names.length === 0 ? [`${DATASETS.finance} is empty`] : [];
      for (const name of names) {
        const columns = listAt(await google.read('bigquery', `${dataset}/${name}`), 'schema.fields').map((column) => textAt(column, 'name') ?? '');
        faults.push(...columns.filter((column) => PAYLOAD_COLUMNS.has(column)).map((column) => `${name} shows ${column}`));
      }
      return unlessFaults(faults, `${names.length} views`);
    },
  },
];
