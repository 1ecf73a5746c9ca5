import type { AnswerKey, Disposition, DuplicateMoney, PostingTotal } from './answer-key.ts';

/** What a ledger says about the file, read by whoever knows the ledger, in the answer key's own terms. */
export type Observed = Pick<AnswerKey, 'messages' | 'dispositions' | 'postings' | 'duplicate_money' | 'posted' | 'message_ids'>;

/** One fact of the answer key against what was found. */
export interface Finding {
  readonly fact: string;
  readonly expected: string;
  readonly found: string;
  readonly ok: boolean;
}

const DISPOSITIONS: readonly Disposition[] = ['posted', 'duplicate', 'conflict', 'pending', 'rejected', 'missing'];
const SHOWN_IDS = 3;

/** Compares a ledger with the answer key: one finding a fact, in a fixed order, whether it holds or not. */
export function judge(key: AnswerKey, observed: Observed): Finding[] {
  return [
    finding('messages', String(key.messages), String(observed.messages)),
    ...DISPOSITIONS.map((name) => finding(`messages ${name}`, String(key.dispositions[name]), String(observed.dispositions[name]))),
    finding('payments posted', String(key.posted.count), String(observed.posted.count)),
    finding('transaction ids posted (SHA-256)', key.posted.transaction_ids_sha256, observed.posted.transaction_ids_sha256),
    ...DISPOSITIONS.filter((name) => name !== 'posted').map((name) => judgeIds(name, key.message_ids[name], observed.message_ids[name])),
    ...judgePostings(key.postings, observed.postings),
    ...judgeDuplicateMoney(key.duplicate_money, observed.duplicate_money),
  ];
}

function finding(fact: string, expected: string, found: string): Finding {
  return { fact, expected, found, ok: expected === found };
}

/** Ids are compared as a bag: two messages may share one. */
function judgeIds(name: string, expected: readonly string[], found: readonly string[]): Finding {
  const counts = new Map<string, number>();
  for (const id of expected) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const id of found) counts.set(id, (counts.get(id) ?? 0) - 1);
  const lacking = [...counts].filter(([, count]) => count > 0).map(([id]) => id);
  const extra = [...counts].filter(([, count]) => count < 0).map(([id]) => id);
  const differences = [...(lacking.length > 0 ? [`without ${shown(lacking)}`] : []), ...(extra.length > 0 ? [`besides ${shown(extra)}`] : [])];
  return { fact: `message ids ${name}`, expected: `${expected.length} ids`, found: [`${found.length} ids`, ...differences].join(', '), ok: differences.length === 0 };
}

function shown(ids: readonly string[]): string {
  const more = ids.length > SHOWN_IDS ? ` and ${ids.length - SHOWN_IDS} more` : '';
  return `${ids.slice(0, SHOWN_IDS).join(' ')}${more}`;
}

/** One finding a currency and kind, which holds if every date does. Of one that doesn't, the first date that differs is shown. */
function judgePostings(expected: readonly PostingTotal[], found: readonly PostingTotal[]): Finding[] {
  const expectedGroups = Map.groupBy(expected, groupOf);
  const foundGroups = Map.groupBy(found, groupOf);
  return [...new Set([...expectedGroups.keys(), ...foundGroups.keys()])].sort().map((group) => {
    const wanted = byDate(expectedGroups.get(group) ?? []);
    const got = byDate(foundGroups.get(group) ?? []);
    const differing = [...new Set([...wanted.keys(), ...got.keys()])].sort().find((date) => wanted.get(date) !== got.get(date));
    const text = (dates: ReadonlyMap<string, string>, totals: readonly PostingTotal[]): string =>
      differing === undefined ? summary(totals) : `${summary(totals)}; on ${differing}: ${dates.get(differing) ?? 'nothing'}`;
    return { fact: `postings ${group}`, expected: text(wanted, expectedGroups.get(group) ?? []), found: text(got, foundGroups.get(group) ?? []), ok: differing === undefined };
  });
}

function groupOf({ currency, kind }: PostingTotal): string {
  return `${currency} ${kind}`;
}

/** What each date says. Two rows of one date are both kept, so that they can't hide. */
function byDate(totals: readonly PostingTotal[]): Map<string, string> {
  const dates = new Map<string, string>();
  for (const total of totals) {
    const before = dates.get(total.date);
    const text = moneyText(total.postings, total.gross_minor, total.net_minor);
    dates.set(total.date, before === undefined ? text : `${before} and ${text}`);
  }
  return dates;
}

function summary(totals: readonly PostingTotal[]): string {
  const postings = totals.reduce((sum, total) => sum + total.postings, 0);
  const gross = totals.reduce((sum, total) => sum + BigInt(total.gross_minor), 0n);
  const net = totals.reduce((sum, total) => sum + BigInt(total.net_minor), 0n);
  return `${moneyText(postings, gross.toString(), net.toString())} over ${totals.length} dates`;
}

function moneyText(count: number, gross: string, net: string): string {
  return `${count} with gross ${gross}, net ${net} minor units`;
}

function judgeDuplicateMoney(expected: readonly DuplicateMoney[], found: readonly DuplicateMoney[]): Finding[] {
  const text = (totals: readonly DuplicateMoney[], currency: string): string => {
    const rows = totals.filter((total) => total.currency === currency);
    return rows.length === 0 ? 'nothing' : rows.map((row) => moneyText(row.messages, row.gross_minor, row.net_minor)).join(' and ');
  };
  return [...new Set([...expected, ...found].map((total) => total.currency))].sort().map((currency) => finding(`duplicate money ${currency}`, text(expected, currency), text(found, currency)));
}
