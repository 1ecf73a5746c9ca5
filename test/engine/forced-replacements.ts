const PLACE = ['project', 'location', 'region', 'zone'];

/**
 * Inputs that Google can't change on what is there, so that the provider replaces the resource: a table by hand of what is `ForceNew` in
 * the provider's sources, for types that tests change. https://github.com/hashicorp/terraform-provider-google
 */
const FORCED: Readonly<Record<string, readonly string[]>> = {
  'gcp:bigquery/dataset:Dataset': ['datasetId'],
  'gcp:bigquery/job:Job': ['jobId', 'query', 'labels'],
  'gcp:bigquery/table:Table': ['datasetId', 'tableId'],
  'gcp:cloudfunctionsv2/function:Function': ['name'],
  'gcp:cloudscheduler/job:Job': ['name'],
  'gcp:firestore/database:Database': ['name', 'locationId', 'databaseEdition'],
  'gcp:firestore/field:Field': ['database', 'collection', 'field'],
  'gcp:pubsub/subscription:Subscription': ['name', 'topic', 'filter', 'enableMessageOrdering'],
  'gcp:pubsub/topic:Topic': ['name', 'kmsKeyName'],
  'gcp:serviceaccount/account:Account': ['accountId'],
  'gcp:storage/bucket:Bucket': ['name', 'enableObjectRetention'],
  'gcp:storage/bucketObject:BucketObject': ['bucket', 'name'],
};

/** A grant has no parts that could change. */
const GRANT = /I[aA][mM]Member$|DatasetAccess$/;

/** Whether a change of an input replaces the resource. */
export function isForced(type: string, input: string): boolean {
  return GRANT.test(type) || PLACE.includes(input) || (FORCED[type] ?? []).includes(input);
}
