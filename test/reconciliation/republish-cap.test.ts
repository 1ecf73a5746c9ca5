import { afterEach, expect, test } from 'vitest';
import type { Books } from '../../functions/ports.ts';
import { MAX_REPUBLISHED, republishMissing } from '../../functions/reconciliation/republish-missing.ts';
import { storeOf } from './healthy-store.ts';
import { microsAt, payment } from './published.ts';
import type { TrialStore } from './trial-store.ts';

let store: TrialStore;
afterEach(() => store.close());

test('one reconciliation publishes no more messages again than it may, the oldest first, however many are missing', async () => {
  store = await storeOf([{ id: 'm-1', at: 0, data: payment('p-1', 0) }]);
  await store.run(`
    INSERT INTO reconciliation_breaks BY NAME
    SELECT 7 AS reconciliation, printf('missing_message:%016d', n) AS break_id, 'missing_message' AS break_type, 'error' AS severity, printf('m-%d', n) AS message_id,
      make_timestamptz(${microsAt(0)} - n * 1000000) AS since, 'gone' AS detail, 'wait' AS next_step
    FROM range(${MAX_REPUBLISHED + 20}) AS numbers(n)`);
  let asked: string[] = [];
  const { books } = store.directory;
  const watched: Books = { ...books, materialise: (name, file, parameters, add) => ((asked = String(parameters?.break_ids).split(',')), books.materialise(name, file, parameters, add)) };
  await republishMissing(watched, { publishAgain: async () => undefined }, { reconciliation: 7, is_behind: false }, microsAt(3_600));
  expect(asked).toHaveLength(MAX_REPUBLISHED);
  expect(asked[0]).toBe(`missing_message:${String(MAX_REPUBLISHED + 19).padStart(16, '0')}`);
  expect(asked.at(-1)).toBe('missing_message:0000000000000020');
});
