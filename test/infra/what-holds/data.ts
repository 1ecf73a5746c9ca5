import { expect } from 'vitest';
import { FINANCE_VIEWS } from '../../../infra/finance-views.ts';
import { DATASETS } from '../../../infra/names.ts';
import { GOOGLE_TABLES } from '../../../sql/tables/index.ts';
import { input, type Recorded, type RecordedStack } from '../recorded-stack.ts';
import { isProtected, type StackRule } from './rule.ts';

const MILLISECONDS_PER_DAY = 86_400_000;
const SOFT_DELETE_SECONDS = 90 * 86_400;
const STATEFUL = ['Topic', 'Subscription', 'Database', 'CryptoKey', 'KeyRing'];

/** What a payment, or the proof of one, would be lost with. */
export function stateful(stack: RecordedStack): readonly Recorded[] {
  return [...STATEFUL.flatMap((type) => stack.of(type)), ...stack.of('Table').filter(({ inputs }) => !inputs.view), stack.one('Dataset', 'payments'), stack.one('Bucket', 'reports')];
}

export const DATA_RULES: readonly StackRule[] = [
  {
    name: 'claims end by themselves, and no field of them is indexed',
    check: (stack) => {
      expect(stack.one('Field', 'claims-end').inputs).toMatchObject({ collection: 'claims', field: 'expires_at', ttlConfig: {}, indexConfig: {} });
      expect(stack.one('Field', 'claims-unindexed').inputs).toMatchObject({ collection: 'claims', field: '*', indexConfig: {} });
      expect(stack.one('Field', 'claims-unindexed').inputs.ttlConfig).toBeUndefined();
    },
  },
  {
    name: 'tables are partitioned, clustered and described as in sql/tables, and none declares a key',
    check: (stack) => {
      for (const table of GOOGLE_TABLES) {
        const { inputs } = stack.one('Table', `payments.${table.name}`);
        const schema = JSON.parse(String(inputs.schema)) as { name: string; type: string }[];
        expect(schema.map((field) => field.name)).toEqual(table.columns.map((column) => column.name));
        expect(schema.every(({ type }) => ['STRING', 'INTEGER', 'BYTES', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'NUMERIC'].includes(type))).toBe(true);
        const partitioning = table.partitionBy ? { type: 'DAY', field: table.partitionBy, ...(table.partitionExpiryDays ? { expirationMs: table.partitionExpiryDays * MILLISECONDS_PER_DAY } : {}) } : null;
        expect([inputs.timePartitioning ?? null, inputs.clusterings ?? null]).toEqual([partitioning, table.clusterBy ?? null]);
        expect(inputs.tableConstraints).toBeUndefined();
      }
      const journal = JSON.parse(String(stack.one('Table', 'payments.payment_journal').inputs.schema)) as { name: string; defaultValueExpression?: string; mode: string }[];
      expect(journal.find((field) => field.name === 'journaled_at')).toMatchObject({ defaultValueExpression: 'CURRENT_TIMESTAMP()', mode: 'REQUIRED' });
    },
  },
  {
    name: 'finance sees views, and no payload',
    check: (stack) => {
      const finance = stack.of('Table').filter(({ inputs }) => inputs.datasetId === DATASETS.finance);
      expect(finance).toHaveLength(FINANCE_VIEWS.length);
      for (const view of finance) expect(input(view, 'view.query')).not.toMatch(/payment_journal|raw_messages|archived_messages|published_payments|message_dispositions/);
      expect(input(stack.one('DatasetAccess', 'views:finance has authorised views on books'), 'authorizedDataset')).toEqual({ dataset: { projectId: stack.configuration.project, datasetId: 'payments_finance' }, targetTypes: ['VIEWS'] });
    },
  },
  {
    name: 'each head is seeded once, where there is none',
    check: (stack) => {
      for (const head of ['posting', 'reconciliation']) {
        const job = stack.one('Job', `seed-${head}-head`);
        expect(input(job, 'query.query')).toMatch(new RegExp(`INSERT INTO .*${head}_head[\\s\\S]*WHERE heads = 0$`));
        expect(job.inputs).toMatchObject({ query: { useLegacySql: false, createDisposition: '', writeDisposition: '' }, jobId: `seed-${head}-head-1700000000000` });
      }
    },
  },
  {
    name: 'buckets are private and keep versions',
    check: (stack) => {
      for (const bucket of stack.of('Bucket')) expect(bucket.inputs).toMatchObject({ publicAccessPrevention: 'enforced', uniformBucketLevelAccess: true, versioning: { enabled: true } });
      expect(stack.one('Bucket', 'reports').inputs).toMatchObject({ enableObjectRetention: true, softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE_SECONDS } });
    },
  },
  {
    name: 'what holds data is protected and left behind in a protected stack, by Pulumi and by Google',
    check: (stack) => {
      if (!isProtected(stack)) return;
      expect(stateful(stack).length).toBeGreaterThan(4 + 6 + GOOGLE_TABLES.length);
      expect(stateful(stack).filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete).map(({ name }) => name)).toEqual([]);
      expect(stack.one('Database', 'claims').inputs).toMatchObject({ deleteProtectionState: 'DELETE_PROTECTION_ENABLED', deletionPolicy: 'PREVENT', pointInTimeRecoveryEnablement: 'POINT_IN_TIME_RECOVERY_ENABLED' });
      expect(stack.of('Table').filter(({ inputs }) => !inputs.view && inputs.deletionProtection !== true)).toEqual([]);
      expect(stack.one('Dataset', 'payments').inputs.deleteContentsOnDestroy).toBe(false);
      expect(stack.one('Bucket', 'reports').inputs.forceDestroy).toBe(false);
    },
  },
  {
    name: 'what holds data goes with a stack that is not protected',
    check: (stack) => {
      if (isProtected(stack)) return;
      expect(stack.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)).toEqual([]);
      expect(stack.one('Database', 'claims').inputs).toMatchObject({ deleteProtectionState: 'DELETE_PROTECTION_DISABLED', deletionPolicy: 'DELETE' });
      expect(stack.one('Dataset', 'payments').inputs.deleteContentsOnDestroy).toBe(true);
      expect(stack.of('Table').filter(({ inputs }) => inputs.deletionProtection !== false)).toEqual([]);
    },
  },
  {
    name: 'what holds data is encrypted with the key where one is asked for, after its agents may use it',
    check: (stack) => {
      if (!stack.configuration.customer_managed_keys) return;
      const encrypted = [...stack.of('Topic').map((one) => [one, 'kmsKeyName'] as const), ...stack.of('Dataset').map((one) => [one, 'defaultEncryptionConfiguration.kmsKeyName'] as const), [stack.one('Bucket', 'reports'), 'encryption.defaultKmsKeyName'] as const];
      for (const [one, path] of encrypted) {
        expect(input(one, path), one.name).toBe('payments-id');
        for (const grant of stack.of('CryptoKeyIAMMember')) expect(stack.before(one)).toContain(grant.urn);
      }
      expect(stack.of('CryptoKeyIAMMember')).toHaveLength(3);
    },
  },
];
