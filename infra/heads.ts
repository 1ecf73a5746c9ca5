import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { seedHead } from '../functions/adapters/google/bigquery-schema.ts';
import { postingHead } from '../sql/tables/posting.ts';
import { type Context, replaceable } from './context.ts';
import { booksPlace, type Tables } from './tables.ts';

/**
 * The one row of the posting head, inserted where there is none. A job's id is used up for good, so it carries the time at which the
 * table was made: a table that is made anew is seeded anew.
 */
export class PostingHead extends pulumi.ComponentResource {
  readonly seeding: gcp.bigquery.Job;

  constructor({ configuration, labels }: Context, { tables }: Tables) {
    super('payments:gcp:PostingHead', 'posting-head');
    const { project, location } = configuration;
    const jobId = pulumi.interpolate`seed-posting-head-${tables[postingHead.name].creationTime}`;
    // A DML statement must name neither disposition. https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationQuery
    const query = { query: seedHead(booksPlace(project)), useLegacySql: false, createDisposition: '', writeDisposition: '' };
    this.seeding = new gcp.bigquery.Job('seed-posting-head', { project, location, jobId, labels: { ...labels }, query }, replaceable(this));
    this.registerOutputs();
  }
}
