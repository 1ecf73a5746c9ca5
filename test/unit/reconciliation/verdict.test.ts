import { describe, expect, test } from 'vitest';
import { judgeReconciliation, type Verdict, VERDICTS } from '../../../functions/reconciliation/verdict.ts';

const NOTHING = { incomplete: [], errors: 0, warnings: 0, pending: 0 };

/** In the order in which the code decides: the first that fits. */
const cases: [string, Partial<typeof NOTHING> & { incomplete?: readonly string[] }, Verdict, string][] = [
  ['a source behind, whatever else', { incomplete: ['a is empty', 'b is behind'], errors: 3, warnings: 2, pending: 1 } as never, 'incomplete', 'Not everything that was published could be compared: a is empty; b is behind.'],
  ['an error, whatever is pending', { errors: 1, pending: 5 }, 'breaks', '1 break must be acted on.'],
  ['errors beside warnings', { errors: 1_200, warnings: 2 }, 'breaks', '1,200 breaks must be acted on, besides 2 warnings.'],
  ['something pending', { pending: 1 }, 'pending', 'The money ties out, but for 1 message not posted yet.'],
  ['something pending, and a warning', { pending: 2_000, warnings: 1 }, 'pending', 'The money ties out, but for 2,000 messages not posted yet; 1 warning to look at.'],
  ['warnings alone', { warnings: 3 }, 'reconciled', 'Every payment that was published is in the ledger exactly once, or in a named bucket; 3 warnings to look at.'],
  ['nothing', {}, 'reconciled', 'Every payment that was published is in the ledger exactly once, or in a named bucket.'],
];

describe('the verdict is the first that fits', () => {
  test.each(cases)('%s', (_name, evidence, verdict, reason) => {
    expect(judgeReconciliation({ ...NOTHING, ...evidence })).toEqual({ verdict, reason });
  });

  test('every verdict is in the table', () => {
    expect([...new Set(cases.map(([, , verdict]) => verdict))]).toEqual([...VERDICTS]);
  });
});
