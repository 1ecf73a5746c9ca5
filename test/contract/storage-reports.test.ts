import { describe, expect, test, vi } from 'vitest';
import { storageClient, storageReports } from '../../functions/adapters/google/storage-reports.ts';
import { MICROS_PER_DAY } from '../../functions/payment/time.ts';
import type { Reports } from '../../functions/ports.ts';
import { type StorageStandIn, storageStandIn } from '../support/storage-stand-in.ts';
import { reportsContract } from './reports.ts';

vi.stubEnv('METADATA_SERVER_DETECTION', 'none'); // no look beyond this machine

const NOON = Date.parse('2026-02-01T12:00:00Z') * 1_000;

async function opened(retention = 0): Promise<{ reports: Reports; storage: StorageStandIn }> {
  const storage = await storageStandIn();
  const client = storageClient('p', { apiEndpoint: storage.endpoint, useAuthWithCustomEndpoint: false, retryOptions: { maxRetryDelay: 1, retryDelayMultiplier: 1 } });
  return { reports: storageReports(client, 'p-payments-reports', { retention, clock: { now: () => NOON } }), storage };
}

describe('reports in Cloud Storage', () => {
  reportsContract(async () => {
    const { reports, storage } = await opened();
    return { reports, read: async (name) => storage.objects.get(`p-payments-reports/${name}`)?.content.toString('utf8') ?? null, close: async () => storage.close() };
  });

  test('with its content type, and for nobody else to keep', async () => {
    const { reports, storage } = await opened();
    expect(await reports.publish('2026-01-31/r.html', 'x', 'text/html; charset=utf-8')).toBe('https://storage.cloud.google.com/p-payments-reports/2026-01-31/r.html');
    expect(storage.objects.get('p-payments-reports/2026-01-31/r.html')!.metadata).toMatchObject({ contentType: 'text/html; charset=utf-8', cacheControl: 'private, no-cache' });
    storage.close();
  });

  test.concurrent.each([[503], [429], [500], [0]])('a fault that passes (%i) is no fault', async (fault) => {
    const { reports, storage } = await opened();
    storage.faults.push(fault);
    await reports.publish('2026-01-31/r.html', 'new', 'text/html');
    expect(storage.objects.get('p-payments-reports/2026-01-31/r.html')!.content.toString()).toBe('new');
    expect(storage.uploads).toBe(2);
    storage.close();
  }, 20_000);

  test.each([
    ['locked until its time', 400 * MICROS_PER_DAY, { mode: 'Locked', retainUntilTime: '2027-03-08T12:00:00Z' }],
    ['not locked where nothing is to be kept', 0, undefined],
  ])('a report is %s', async (_name, retention, expected) => {
    const { reports, storage } = await opened(retention);
    await reports.publish('r.html', 'x', 'text/html');
    expect(storage.objects.get('p-payments-reports/r.html')!.metadata.retention).toEqual(expected);
    storage.close();
  });

  test('a refusal is one, at once', async () => {
    const { reports, storage } = await opened();
    storage.faults.push(403);
    await expect(reports.publish('r.html', 'x', 'text/html')).rejects.toMatchObject({ code: 403 });
    expect(storage.uploads).toBe(1);
    storage.close();
  });
});
