import { createHash } from 'node:crypto';
import { IdempotencyStrategy, Storage, type StorageOptions } from '@google-cloud/storage';
import type { Reports } from '../../ports.ts';
import { requireReportName } from '../report-name.ts';

/** Times that an upload is tried again after a fault that passes. Prevents a day without a report for one broken connection. */
const RETRIES = 5;
/** Seconds that all tries may take together. Prevents a request from waiting until the platform ends it. */
const TOTAL_SECONDS = 60;

/** Google's client. Uploads are tried again whatever they overwrite: the same name with the same content is the same report. */
export function storageClient(project: string, options: StorageOptions = {}): Storage {
  const retryOptions = { idempotencyStrategy: IdempotencyStrategy.RetryAlways, maxRetries: RETRIES, totalTimeout: TOTAL_SECONDS, ...options.retryOptions };
  return new Storage({ ...options, projectId: project, retryOptions });
}

/**
 * Reports in a private bucket: who may read them, the bucket says. The service checks the content's MD5, so that a half is never kept.
 * Gives the address at which a person who has the right sees it. Rejects with the client's ApiError.
 */
export function storageReports(client: Storage, bucket: string): Reports {
  return {
    async publish(name, content, contentType) {
      requireReportName(name);
      const bytes = Buffer.from(content, 'utf8');
      await client.bucket(bucket).file(name).save(bytes, {
        resumable: false,
        validation: false, // the client's own would delete what it finds wrong
        metadata: { contentType, cacheControl: 'private, no-cache', md5Hash: createHash('md5').update(bytes).digest('base64') },
      });
      return `https://storage.cloud.google.com/${bucket}/${name}`;
    },
  };
}
