import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type After, type Context, replaceable, stateful } from './context.ts';
import { DATASETS } from './names.ts';

/** Hours in which a changed or deleted table can be read as it was: the most that BigQuery has. */
const TIME_TRAVEL_HOURS = 168;
/** Milliseconds that a scratch table stays. Prevents what an interrupted reconciliation left from being stored for good. */
const SCRATCH_MILLISECONDS = 86_400_000;

/** The books; what a reconciliation makes on its way; what finance may read. */
export class Datasets extends pulumi.ComponentResource {
  readonly payments: gcp.bigquery.Dataset;
  readonly scratch: gcp.bigquery.Dataset;
  readonly finance: gcp.bigquery.Dataset;

  constructor(context: Context, key: gcp.kms.CryptoKey | null, after: After) {
    super('payments:gcp:Datasets', 'datasets');
    const { project, location, protected: isProtected } = context.configuration;
    const dataset = (datasetId: string, description: string, options: pulumi.CustomResourceOptions, more: Partial<gcp.bigquery.DatasetArgs> = {}) =>
      new gcp.bigquery.Dataset(
        datasetId,
        { project, datasetId, location, description, labels: { ...context.labels }, maxTimeTravelHours: String(TIME_TRAVEL_HOURS), ...(key ? { defaultEncryptionConfiguration: { kmsKeyName: key.id } } : {}), ...more },
        options,
      );
    this.payments = dataset(DATASETS.payments, 'Journal, ledger, raw archive and proof of the payments.', stateful(context, this, after), { deleteContentsOnDestroy: !isProtected });
    this.scratch = dataset(DATASETS.scratch, 'What a reconciliation makes on its way; its tables expire.', replaceable(this, after), { deleteContentsOnDestroy: true, defaultTableExpirationMs: SCRATCH_MILLISECONDS });
    this.finance = dataset(DATASETS.finance, 'What finance reads of the payments: views, without payloads.', replaceable(this, after), { deleteContentsOnDestroy: true });
    this.registerOutputs();
  }
}
