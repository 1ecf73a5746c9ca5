import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SqlRow } from '../../../functions/ports.ts';
import { judgeJournal, judgeVisible } from '../../../smoke/facts/judge-journal.ts';
import { isInLedger, judgeLedger, judgeLive } from '../../../smoke/facts/judge-ledger.ts';
import { judgeArchive, judgeDispositions, judgeRejected } from '../../../smoke/facts/judge-messages.ts';
import { judgeReconciliation } from '../../../smoke/facts/judge-reconciliation.ts';
import { judgeRuns, judgeTotals, judgeWhole } from '../../../smoke/facts/judge-totals.ts';
import type { Line } from '../../../smoke/facts/lines.ts';
import type { Finding } from '../../../smoke/result.ts';
import { planTraffic } from '../../../smoke/traffic/plan.ts';
import type { Published, Role } from '../../../smoke/traffic/sent.ts';

/** Books in which everything is right, and each way in which one thing of them may not be. */
const SECOND = 1_000_000;
const traffic = planTraffic({ run: 'r1', payments: 10, seed: 3, now: 1_772_366_400_000_000 });
const published: Published[] = traffic.waves.flat().map((one, index) => ({ ...one, message_id: `m${index}`, data_sha256: createHash('sha256').update(one.data).digest('hex') }));
const of = (role: Role) => published.find((one) => one.role === role)!;
const lines: Line[] = published.map((one) => ({ message_id: one.message_id, data_sha256: one.data_sha256, outcome: one.outcome, transaction_id: one.transaction_id, faults: one.fault === null ? [] : [one.fault], is_dead_letter: false, journaled_at: 5 * SECOND, seen_at: 7 * SECOND }));
const posted = new Map(published.filter(({ disposition }) => disposition === 'posted').map(({ transaction_id, message_id }) => [transaction_id, message_id]));
const ledger: SqlRow[] = traffic.rows.map((row) => ({ ...row, message_id: posted.get(row.transaction_id), customer_id: 'smoke', merchant_id: 'smoke', posting_run: 4n }));
const live: SqlRow[] = ledger.map((row, index) => ({ ...row, is_posted: index === 0 }));
const archived: SqlRow[] = published.map(({ message_id, data_sha256 }) => ({ message_id, data_sha256 }));
const dispositions: SqlRow[] = published.map(({ message_id, disposition }) => ({ message_id, disposition }));
const breaks: SqlRow[] = [
  { break_type: 'conflict_open', severity: 'warning', transaction_id: of('conflict').transaction_id, message_id: of('conflict').message_id },
  ...(['poison', 'malformed'] as const).map((role) => ({ break_type: 'rejected_unresolved', severity: 'warning', transaction_id: null, message_id: of(role).message_id })),
];
const reconciled = { reconciliation: 2n, posting_run: 4n, verdict: 'reconciled', reason: 'Every payment …', errors: 0n };
const totals = (): SqlRow[] =>
  [...Map.groupBy(traffic.rows, ({ currency, kind }) => `${currency} ${kind}`)].map(([, rows]) => ({
    currency: rows[0].currency,
    kind: rows[0].kind,
    postings: BigInt(rows.length),
    gross_minor: `${rows.reduce((sum, { amount_minor }) => sum + amount_minor, 0n)}.000000000`,
    net_minor: `${rows.reduce((sum, { effect_minor }) => sum + effect_minor, 0n)}.000000000`,
  }));
const withOne = <Row>(rows: readonly Row[], index: number, change: Partial<Row>): Row[] => rows.map((row, at) => (at === index ? { ...row, ...change } : row));
const at = (role: Role) => published.indexOf(of(role));

test('books that are right are found right', () => {
  const findings = [
    judgeJournal(published, lines), judgeVisible(lines), judgeLive(traffic, live), judgeArchive(published, archived), judgeLedger(traffic, published, ledger), judgeTotals(traffic, totals()),
    judgeWhole({ ledger_rows: 10n, identities: 10n, transaction_ids: 10n }, true), judgeRuns({ runs: 2n, numbers: 2n, attempts: 2n, last_run: 6n }, 4n, 2), judgeRejected(published, lines, []), judgeDispositions(published, dispositions),
    judgeReconciliation(reconciled, published, breaks),
  ];
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
});

const WRONG: readonly (readonly [name: string, finding: () => Finding, says: RegExp])[] = [
  ['a message without a line', () => judgeJournal(published, lines.slice(1)), /^1 message has no line: m0 \(payment\)$/],
  ['many without', () => judgeJournal(published, []), /^\d+ messages have no line: m0 \(payment\), m1 \(refund\), m2 \(yen\) and \d+ more$/],
  ['a duplicate that was recorded', () => judgeJournal(published, withOne(lines, at('duplicate'), { outcome: 'recorded' })), /1 outcome is wrong: m\d+ \(duplicate\) is recorded, not duplicate/],
  ['a message with lines of two outcomes', () => judgeJournal(published, [...lines, { ...lines[0], outcome: 'duplicate' }]), /m0 \(payment\) is recorded and duplicate, not recorded/],
  ['a line of other bytes', () => judgeJournal(published, withOne(lines, 0, { data_sha256: '00' })), /1 line is of other bytes/],
  ['a line of another payment', () => judgeJournal(published, withOne(lines, 0, { transaction_id: 'x' })), /1 line names another payment: m0/],
  ['a line that showed late', () => judgeVisible(withOne(lines, 1, { seen_at: 66 * SECOND })), /61 s after its stamp/],
  ['a payment that does not show', () => judgeLive(traffic, live.slice(1)), /1 payment does not show as published: smoke-r1-0001/],
  ['a payment that shows twice', () => judgeLive(traffic, [...live, live[0]]), /1 payment does not show as published/],
  ['a payment that shows with another sign', () => judgeLive(traffic, withOne(live, 1, { effect_minor: 5n })), /smoke-r1-0002/],
  ['a payment too many', () => judgeLive(traffic, [...live, { ...live[0], transaction_id: 'smoke-r1-x' }]), /11 payments show, and 10 were published/],
  ['a message that was not archived', () => judgeArchive(published, archived.slice(1)), /1 message is not in the raw archive: m0/],
  ['a message that was archived otherwise', () => judgeArchive(published, withOne(archived, 0, { data_sha256: '00' })), /1 message has other bytes/],
  ['a payment that is not posted', () => judgeLedger(traffic, published, ledger.slice(1)), /1 payment is not in the ledger: smoke-r1-0001/],
  ['a payment that is posted twice', () => judgeLedger(traffic, published, [...ledger, ledger[3]]), /1 payment is in the ledger more than once: smoke-r1-0004/],
  ...(['amount_minor', 'effect_minor'] as const).map((name) => [`a posting with another ${name}`, () => judgeLedger(traffic, published, withOne(ledger, 2, { [name]: 7_777n })), /other facts: smoke-r1-0003/] as const),
  ...(['kind', 'currency', 'outcome', 'original_transaction_id', 'customer_id', 'merchant_id'] as const).map((name) => [`a posting with another ${name}`, () => judgeLedger(traffic, published, withOne(ledger, 1, { [name]: 'other' })), /other facts: smoke-r1-0002/] as const),
  ['a posting of the copy', () => judgeLedger(traffic, published, withOne(ledger, 0, { message_id: of('duplicate').message_id })), /1 payment is posted from another message/],
  ['a posting of the malformed one', () => judgeLedger(traffic, published, [...ledger, { ...ledger[0], transaction_id: of('malformed').transaction_id }]), /1 ledger row is of no payment of this run/],
  ['totals without a kind', () => judgeTotals(traffic, totals().slice(1)), /EUR payment: nothing, published \d+/],
  ['totals that are one cent off', () => judgeTotals(traffic, withOne(totals(), 0, { net_minor: '1.000000000' })), /EUR payment: \d+, \d+, 1, published/],
  ['totals of a currency that nobody published', () => judgeTotals(traffic, [...totals(), { currency: 'USD', kind: 'fee', postings: 1n, gross_minor: '1.000000000', net_minor: '-1.000000000' }]), /USD fee: 1, 1, -1, published nothing/],
  ['a row doubled in the ledger', () => judgeWhole({ ledger_rows: 11n, identities: 10n, transaction_ids: 10n }, true), /11 rows, of 10 payments/],
  ['one id of two payments', () => judgeWhole({ ledger_rows: 10n, identities: 10n, transaction_ids: 9n }, true), /10 rows, with 9 transaction ids/],
  ['two postings with one number', () => judgeRuns({ runs: 2n, numbers: 1n, attempts: 2n, last_run: 5n }, 4n, 2), /2 postings have 1 numbers/],
  ['one attempt that was committed twice', () => judgeRuns({ runs: 2n, numbers: 2n, attempts: 1n, last_run: 6n }, 4n, 2), /2 postings have 1 attempts/],
  ['a number that is left out', () => judgeRuns({ runs: 2n, numbers: 2n, attempts: 2n, last_run: 7n }, 4n, 2), /after run 4 there are 2 more, and the last is 7/],
  ['poison that is rejected for another reason', () => judgeRejected(published, withOne(lines, at('poison'), { faults: ['not_utf8'] }), []), /1 message is not rejected for its fault: m\d+ \(poison\) for not_json/],
  ['poison that comes again and again', () => judgeRejected(published, [...lines, lines[at('poison')], lines[at('poison')]], []), /1 rejected message came again: m\d+ \(poison\) 3 times/],
  ['poison among the dead letters', () => judgeRejected(published, lines, [of('poison').data_sha256]), /1 message is a dead letter: m\d+ \(poison\)/],
  ['a payment that was kept as a dead letter', () => judgeRejected(published, [...lines, { ...lines[0], message_id: 'other', is_dead_letter: true }], []), /1 message is a dead letter: m0/],
  ['a message in no bucket', () => judgeDispositions(published, dispositions.slice(1)), /m0 \(payment\) is in none, not posted/],
  ['a message in two', () => judgeDispositions(published, [...dispositions, { message_id: 'm0', disposition: 'duplicate' }]), /m0 \(payment\) is posted and duplicate/],
  ['a late one that is missing', () => judgeDispositions(published, withOne(dispositions, at('late'), { disposition: 'missing' })), /\(late\) is missing, not posted/],
  ['a reconciliation that did not see everything', () => judgeReconciliation({ ...reconciled, verdict: 'incomplete', reason: 'The job sweep-late has never run.' }, published, breaks), /incomplete: The job sweep-late has never run/],
  ['a break that names a payment of the run', () => judgeReconciliation({ ...reconciled, verdict: 'breaks', errors: 1n }, published, [...breaks, { break_type: 'double_posting', severity: 'error', transaction_id: 'smoke-r1-0001', message_id: null }]), /1 break names this run: double_posting \(error\) smoke-r1-0001/],
  ['its conflict as an error', () => judgeReconciliation(reconciled, published, withOne(breaks, 0, { severity: 'error' })), /conflict_open \(error\)/],
  ['its conflict unseen', () => judgeReconciliation(reconciled, published, breaks.slice(1)), /1 message is named by no break: m\d+ \(conflict\)/],
];

describe('what is wrong is found, and named', () => {
  test.each(WRONG)('%s', (_name, finding, says) => expect(finding()).toEqual({ ok: false, found: expect.stringMatching(says) }));
});

test('lines that are delivered twice, and rows that are archived twice, are right', () => {
  expect(judgeJournal(published, [...lines, lines[0]]).ok).toBe(true);
  expect(judgeRejected(published, [...lines, lines[at('poison')]], []).ok).toBe(true);
});

test('breaks of others are theirs, and are told', () => {
  expect(judgeReconciliation({ ...reconciled, verdict: 'breaks', errors: 3n }, published, breaks)).toEqual({ ok: true, found: 'reconciliation 2: breaks; 3 of its breaks must be acted on, none of them of this run' });
});

test('ids may repeat where they are not the identity', () => expect(judgeWhole({ ledger_rows: 10n, identities: 10n, transaction_ids: 9n }, false).ok).toBe(true));

test('a wait for the ledger waits for every payment', () => {
  expect([isInLedger(traffic, ledger), isInLedger(traffic, ledger.slice(1)), isInLedger(traffic, [])]).toEqual([true, false, false]);
});
