import type { RecordedStack } from '../recorded-stack.ts';
import { stateful } from '../what-holds/data.ts';
import { type Mutation, withInput, withOption, without } from './mutation.ts';

/** Claims, books, reports: whatever keeps them there, right, and unread by those who must not. */
export function dataMutations(stack: RecordedStack): readonly Mutation[] {
  const claims = stack.one('Database', 'claims');
  const reports = stack.one('Bucket', 'reports');
  const tables = stack.of('Table').filter(({ inputs }) => !inputs.view);
  return [
    ...stack.of('Field').flatMap((one) => [without(one), withInput(one, 'indexConfig', undefined)]),
    withInput(stack.one('Field', 'claims-end'), 'ttlConfig', undefined),
    withInput(stack.one('Field', 'claims-end'), 'field', 'claimed_at'),
    ...[claims, ...stack.of('Dataset'), ...stack.of('Table'), ...stack.of('Bucket'), ...stack.of('KeyRing'), ...stack.of('CryptoKey'), stack.one('Job', 'seed-posting-head'), stack.one('Job', 'seed-reconciliation-head')].map(without),
    ...stateful(stack).flatMap((one) => [withOption(one, { protect: false }), withOption(one, { retainOnDelete: false })]),
    withInput(claims, 'deleteProtectionState', 'DELETE_PROTECTION_DISABLED'),
    withInput(claims, 'deletionPolicy', undefined),
    withInput(claims, 'pointInTimeRecoveryEnablement', 'POINT_IN_TIME_RECOVERY_DISABLED'),
    withInput(claims, 'type', 'FIRESTORE_NATVE'),
    ...tables.map((one) => withInput(one, 'deletionProtection', false)),
    ...tables.filter(({ inputs }) => inputs.timePartitioning).map((one) => withInput(one, 'timePartitioning', undefined)),
    ...tables.filter(({ inputs }) => inputs.clusterings).map((one) => withInput(one, 'clusterings', undefined)),
    withInput(stack.one('Table', 'payments.payment_transactions'), 'tableConstraints', { primaryKey: { columns: ['transaction_id'] } }),
    withInput(stack.one('Table', 'payments.payment_journal'), 'schema', String(stack.one('Table', 'payments.payment_journal').inputs.schema).replace('"defaultValueExpression":"CURRENT_TIMESTAMP()",', '').replace(',"defaultValueExpression":"CURRENT_TIMESTAMP()"', '')),
    ...stack.of('Table').filter(({ inputs }) => inputs.datasetId === 'payments_finance').map((one) => withInput(one, 'view.query', 'SELECT payload FROM payments.payment_journal')),
    withInput(stack.one('Dataset', 'payments'), 'deleteContentsOnDestroy', true),
    ...stack.of('Bucket').flatMap((one) => [withInput(one, 'publicAccessPrevention', 'inherited'), withInput(one, 'uniformBucketLevelAccess', false), withInput(one, 'versioning', undefined)]),
    withInput(reports, 'enableObjectRetention', undefined),
    withInput(reports, 'softDeletePolicy', undefined),
    withInput(reports, 'forceDestroy', true),
    withInput(stack.one('Job', 'seed-posting-head'), 'query.query', 'INSERT INTO payments.posting_head (run) VALUES (0)'),
    ...stack.of('Topic').map((one) => withInput(one, 'kmsKeyName', undefined)),
    ...stack.of('Dataset').map((one) => withInput(one, 'defaultEncryptionConfiguration', undefined)),
    withInput(reports, 'encryption', undefined),
  ];
}
