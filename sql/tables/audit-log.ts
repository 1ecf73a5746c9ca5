import { nullable, required, type TableDescription } from './description.ts';

export const auditLog: TableDescription = {
  name: 'audit_log',
  description: 'What people did, decisions on messages and changed settings, and which missing messages were published again. Append-only.',
  columns: [
    required('effective_at', 'TIMESTAMP', 'By the clock of the store: decisions take effect in postings from here on.'),
    required('recorded_at', 'TIMESTAMP', 'By the real clock.'),
    required('actor', 'STRING', 'Who did it; reconciliation where it was that job.'),
    required('action', 'STRING', 'decided_post, decided_reject, setting_changed, store_created or republished.'),
    nullable('message_id', 'STRING', 'The message decided on.'),
    nullable('data_sha256', 'BYTES', 'The data of that message.'),
    nullable('setting', 'STRING', 'The setting changed.'),
    nullable('old_value', 'STRING', 'Its value before.'),
    nullable('new_value', 'STRING', 'Its value since.'),
    nullable('reason', 'STRING', 'Why, in words.'),
  ],
};
