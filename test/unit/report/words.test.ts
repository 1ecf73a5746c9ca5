import { expect, test } from 'vitest';
import { counted } from '../../../functions/figures.ts';
import { breakTitle, TITLED_BREAK_TYPES } from '../../../functions/reconciliation/report/words.ts';

test('every type of break has plain words', () => {
  expect([...TITLED_BREAK_TYPES].sort()).toEqual([
    'card_data_seen', 'claim_breach', 'clock_skew', 'conflict_open', 'double_posting', 'id_reused_across_kinds', 'message_id_reused', 'missing_message',
    'missing_posting', 'money_mismatch', 'over_refund', 'pending_overdue', 'phantom_line', 'phantom_posting', 'posted_by_grace', 'rejected_unresolved',
  ]);
});

test.each([['missing_message', 'Published, but never processed'], ['a_new_type', 'a_new_type'], ['constructor', 'constructor']])('%s reads "%s"', (type, title) => {
  expect(breakTitle(type)).toBe(title);
});

test.each([[0, '0 breaks'], [1, '1 break'], [2, '2 breaks'], [12_345, '12,345 breaks']])('%i: %s', (count, text) => expect(counted(count, 'break')).toBe(text));
