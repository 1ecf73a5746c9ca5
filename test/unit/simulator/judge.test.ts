import { beforeAll, describe, expect, test } from 'vitest';
import { type Finding, judge, type Observed } from '../../../functions/simulator/judge.ts';
import { simulated } from './simulated.ts';

let key: Awaited<ReturnType<typeof simulated>>['key'];
beforeAll(async () => {
  ({ key } = await simulated({ payments: 6_000 }));
});

type Draft = { -readonly [Name in keyof Observed]: Observed[Name] };

const CASES: readonly { readonly change: string; readonly alter: (observed: Draft) => void; readonly facts: readonly string[] }[] = [
  { change: 'a message too few', alter: (observed) => { observed.messages -= 1; }, facts: ['messages'] },
  { change: 'a duplicate taken for pending', alter: (observed) => { observed.dispositions.duplicate -= 1; observed.dispositions.pending += 1; }, facts: ['messages duplicate', 'messages pending'] },
  { change: 'a posting too many', alter: (observed) => { observed.posted.count += 1; }, facts: ['payments posted'] },
  { change: 'another transaction id', alter: (observed) => { observed.posted.transaction_ids_sha256 = '0'.repeat(64); }, facts: ['transaction ids posted (SHA-256)'] },
  { change: 'a rejected id lost', alter: (observed) => { observed.message_ids.rejected.pop(); }, facts: ['message ids rejected'] },
  { change: 'an id twice', alter: (observed) => { observed.message_ids.conflict.push(observed.message_ids.conflict[0] as string); }, facts: ['message ids conflict'] },
  { change: 'a missing message', alter: (observed) => { observed.message_ids.missing.push('123'); }, facts: ['message ids missing'] },
  { change: 'a cent', alter: (observed) => { posting(observed).gross_minor = (BigInt(posting(observed).gross_minor) + 1n).toString(); }, facts: ['postings EUR payment'] },
  { change: 'another date', alter: (observed) => { posting(observed).date = '2030-01-01'; }, facts: ['postings EUR payment'] },
  { change: 'another currency', alter: (observed) => { posting(observed).currency = 'XYZ'; }, facts: ['postings EUR payment', 'postings XYZ payment'] },
  { change: 'a row twice', alter: (observed) => { observed.postings.push({ ...posting(observed) }); }, facts: ['postings EUR payment'] },
  { change: 'a row of nothing', alter: (observed) => { observed.postings.push({ ...posting(observed), currency: 'XYZ', postings: 0, gross_minor: '0', net_minor: '0' }); }, facts: ['postings XYZ payment'] },
  { change: 'net without sign', alter: (observed) => { const refund = observed.postings.find((total) => total.currency === 'EUR' && total.kind === 'refund') as Observed['postings'][number]; refund.net_minor = refund.gross_minor; }, facts: ['postings EUR refund'] },
  { change: 'no duplicate money', alter: (observed) => { observed.duplicate_money = observed.duplicate_money.filter((total) => total.currency !== 'EUR'); }, facts: ['duplicate money EUR'] },
];

function posting(observed: Observed): Observed['postings'][number] {
  return observed.postings.find((total) => total.currency === 'EUR' && total.kind === 'payment') as Observed['postings'][number];
}

function wrong(findings: readonly Finding[]): string[] {
  return findings.filter((finding) => !finding.ok).map((finding) => finding.fact);
}

describe('judge', () => {
  test('finds nothing wrong with the key itself, in any order', () => {
    const findings = judge(key, { ...structuredClone(key), postings: key.postings.toReversed(), message_ids: { ...key.message_ids, rejected: key.message_ids.rejected.toReversed() } });
    expect(wrong(findings)).toEqual([]);
    expect(findings.length).toBeGreaterThan(60);
    expect(new Set(findings.map((finding) => finding.fact)).size).toBe(findings.length);
  });

  test.each(CASES)('sees $change', ({ alter, facts }) => {
    const observed: Draft = structuredClone(key);
    alter(observed);
    expect(wrong(judge(key, observed))).toEqual(facts);
  });

  test('names ids and the first date that differ', () => {
    const observed = structuredClone(key);
    observed.message_ids.duplicate.push('extra-1');
    posting(observed).postings += 5;
    const found = judge(key, observed).filter((finding) => !finding.ok).map((finding) => finding.found);
    expect(found[0]).toContain('besides extra-1');
    expect(found[1]).toContain(`on ${posting(observed).date}: ${posting(observed).postings} with`);
  });
});
