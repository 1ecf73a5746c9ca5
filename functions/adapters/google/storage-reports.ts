import { createHash } from 'node:crypto';
import { IdempotencyStrategy, Storage, type StorageOptions } from '@google-cloud/storage';
import { formatMicros } from '../../payment/time.ts';
import type { Clock, Reports } from '../../ports.ts';
import { requireReportName } from '../report-name.ts';

/** Times that an upload is tried again after a fault that passes. Prevents a day without a report for one broken connection. */
const RETRIES = 5;
/** Seconds that all tries may take together. Prevents a request from waiting until the platform ends it. */
const TOTAL_SECONDS = 60;
/** HTTP's word for a precondition that failed. */
const NAME_TAKEN = 412;

/** Google's client. Uploads are tried again: none can overwrite anything. */
export function storageClient(project: string, options: StorageOptions = {}): Storage {
  const retryOptions = { idempotencyStrategy: IdempotencyStrategy.RetryAlways, maxRetries: RETRIES, totalTimeout: TOTAL_SECONDS, ...options.retryOptions };
  return new Storage({ ...options, projectId: project, retryOptions });
}

/** How long a report can be changed or deleted by nobody, in microseconds from when it is published; 0: not at all. */
export interface ReportsKept {
  readonly retention: number;
  readonly clock: Clock;
}

/**
 * Reports in a private bucket: who may read them, the bucket says. The service checks the content's MD5, so that a half is never kept, and
 * locks each until its time: not even the bucket's owner can shorten that. https://cloud.google.com/storage/docs/object-lock
 * Gives the address at which a person who has the right sees it. Rejects with the client's ApiError; 412 where the name is another report's.
 */
export function storageReports(client: Storage, bucket: string, { retention, clock }: ReportsKept): Reports {
  return {
    async publish(name, content, contentType) {
      requireReportName(name);
      const bytes = Buffer.from(content, 'utf8');
      const md5Hash = createHash('md5').update(bytes).digest('base64');
      const locked = retention > 0 ? { retention: { mode: 'Locked', retainUntilTime: formatMicros(clock.now() + retention) } } : {};
      const file = client.bucket(bucket).file(name);
      const uploaded = file.save(bytes, {
        resumable: false,
        validation: false, // the client's own would delete what it finds wrong
        preconditionOpts: { ifGenerationMatch: 0 }, // only if nobody has the name
        metadata: { contentType, cacheControl: 'private, no-cache', md5Hash, ...locked },
      });
      await uploaded.catch(async (error: unknown) => {
        // Ours, where a reply was lost.
        if ((error as { code?: unknown }).code !== NAME_TAKEN || (await file.getMetadata())[0].md5Hash !== md5Hash) throw error;
      });
      return `https://storage.cloud.google.com/${bucket}/${name}`;
    },
  };
}
