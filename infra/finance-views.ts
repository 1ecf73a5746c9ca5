import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type Context, replaceable } from './context.ts';
import type { Datasets } from './datasets.ts';
import { DATASETS } from './names.ts';
import type { Tables } from './tables.ts';

/** A view that finance reads: a table or view of the books, less the columns that may hold pieces of a payload. */
export interface FinanceView {
  readonly of: string;
  readonly without?: readonly string[];
}

/** What finance sees. Neither archive nor journal is among them: payloads stay with operators. */
export const FINANCE_VIEWS: readonly FinanceView[] = [
  { of: 'payment_transactions' },
  { of: 'payment_transactions_live' },
  { of: 'duplicate_payments' },
  { of: 'conflicting_payments' },
  { of: 'late_payments' },
  { of: 'rejected_messages', without: ['found', 'faults'] },
  { of: 'fraud_review' },
  { of: 'payment_metrics' },
  { of: 'posting_runs' },
  { of: 'posting_totals' },
  { of: 'reconciliation_daily' },
  { of: 'reconciliation_runs' },
  { of: 'reconciliation_totals' },
  { of: 'reconciliation_breaks' },
];

/** The views of `payments_finance`. They read the books by the authorisation of their dataset, so that their readers need none of the books. */
export class FinanceViews extends pulumi.ComponentResource {
  readonly views: readonly gcp.bigquery.Table[];

  constructor({ configuration, labels }: Context, { finance }: Datasets, books: Tables) {
    super('payments:gcp:FinanceViews', 'finance-views');
    const { project } = configuration;
    this.views = FINANCE_VIEWS.map(({ of, without }) => {
      const query = `SELECT *${without ? ` EXCEPT (${without.join(', ')})` : ''}\nFROM \`${project}\`.\`${DATASETS.payments}\`.\`${of}\``;
      const args = { project, datasetId: finance.datasetId, tableId: of, labels: { ...labels }, view: { query, useLegacySql: false }, deletionProtection: false };
      return new gcp.bigquery.Table(`${DATASETS.finance}.${of}`, args, replaceable(this, [books.tables[of] ?? books.views[of]]));
    });
    this.registerOutputs();
  }
}
