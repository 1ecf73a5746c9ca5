import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { tableResource, views, type FieldSchema } from '../functions/adapters/google/bigquery-schema.ts';
import type { BooksPlace } from '../functions/adapters/google/bigquery-names.ts';
import { GOOGLE_TABLES } from '../sql/tables/index.ts';
import { type Context, replaceable, stateful } from './context.ts';
import type { Datasets } from './datasets.ts';
import { DATASETS } from './names.ts';

/** Names under which the API returns types. Another name for the same type shows a difference in every preview. */
const AS_RETURNED: Readonly<Record<string, string>> = { INT64: 'INTEGER', BOOL: 'BOOLEAN', FLOAT64: 'FLOAT' };

export function booksPlace(project: string): BooksPlace {
  return { project, dataset: DATASETS.payments, scratch_dataset: DATASETS.scratch };
}

/**
 * Tables from their descriptions and views from `sql/`, the same that one machine runs. No key is declared. Columns may only be added,
 * at the end and nullable: the provider replaces a table for any other change of its schema, and deletes it first.
 */
export class Tables extends pulumi.ComponentResource {
  readonly tables: Readonly<Record<string, gcp.bigquery.Table>>;
  readonly views: Readonly<Record<string, gcp.bigquery.Table>>;

  constructor(context: Context, { payments }: Datasets) {
    super('payments:gcp:Tables', 'tables');
    const { project, protected: isProtected } = context.configuration;
    const place = booksPlace(project);
    this.tables = Object.fromEntries(
      GOOGLE_TABLES.map((table) => {
        const { description, schema, timePartitioning, clustering } = tableResource(table, place);
        const expiry = timePartitioning && 'expirationMs' in timePartitioning ? { expirationMs: Number(timePartitioning.expirationMs) } : {};
        const made = new gcp.bigquery.Table(
          `${DATASETS.payments}.${table.name}`,
          {
            project, datasetId: payments.datasetId, tableId: table.name, description, labels: { ...context.labels },
            schema: JSON.stringify(schema.fields.map(asReturned)),
            ...(timePartitioning ? { timePartitioning: { type: timePartitioning.type, field: timePartitioning.field, ...expiry } } : {}),
            ...(clustering ? { clusterings: [...clustering.fields] } : {}),
            deletionProtection: isProtected,
          },
          stateful(context, this),
        );
        return [table.name, made];
      }),
    );
    const made: Record<string, gcp.bigquery.Table> = {};
    for (const { name, query } of views(place)) {
      const args = { project, datasetId: payments.datasetId, tableId: name, labels: { ...context.labels }, view: { query, useLegacySql: false }, deletionProtection: false };
      const read = Object.entries({ ...this.tables, ...made }).flatMap(([other, one]) => (new RegExp(`\\b${other}\\b`).test(query) ? [one] : []));
      made[name] = new gcp.bigquery.Table(`${DATASETS.payments}.${name}`, args, replaceable(this, read));
    }
    this.views = made;
    this.registerOutputs();
  }
}

function asReturned(field: FieldSchema): FieldSchema {
  return { ...field, type: AS_RETURNED[field.type] ?? field.type };
}
