import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { seedHeads } from '../functions/adapters/google/bigquery-schema.ts';
import { type Context, replaceable } from './context.ts';
import { booksPlace, type Tables } from './tables.ts';

/**
 * The one row of each head, of postings and of reconciliations, inserted where there is none. A job's id is used up for good, so it carries
 * the time at which the table was made: a table that is made anew is seeded anew.
 */
export class Heads extends pulumi.ComponentResource {
  readonly seeding: readonly gcp.bigquery.Job[];

  constructor({ configuration, labels }: Context, { tables }: Tables) {
    super('payments:gcp:Heads', 'heads');
    const { project, location } = configuration;
    this.seeding = seedHeads(booksPlace(project)).map(({ table, sql }) => {
      const name = `seed-${table.replaceAll('_', '-')}`;
      const jobId = pulumi.interpolate`${name}-${tables[table].creationTime}`;
      // A DML statement must name neither disposition. https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationQuery
      const query = { query: sql, useLegacySql: false, createDisposition: '', writeDisposition: '' };
      // Seeded after the tables that its number is read from.
      return new gcp.bigquery.Job(name, { project, location, jobId, labels: { ...labels }, query }, replaceable(this, Object.values(tables)));
    });
    this.registerOutputs();
  }
}
