import { createHash } from 'node:crypto';
import type { PostingTotal } from '../../../functions/simulator/answer-key.ts';
import type { Observed } from '../../../functions/simulator/judge.ts';
import { type NaivePayment, readNaively } from './naive-payment.ts';

export interface NaiveMessage {
  readonly id: string;
  readonly line: number;
  readonly data: Buffer;
  readonly hash: string;
  readonly publishTime: string | null;
  readonly deadLetterOf: string | null;
  readonly payment: NaivePayment | null;
}

export interface NaiveReading {
  readonly lines: number;
  readonly blankLines: number;
  readonly redeliveries: number;
  readonly deadLettersAgain: number;
  readonly messages: readonly NaiveMessage[];
  readonly observed: Observed;
}

/** Reads a simulated file line by line and keeps the books by the rules as they are written, with no care for speed. */
export function readFileNaively(file: Buffer, source: string): NaiveReading {
  const lines = splitLines(file);
  const all = lines.map((line, index) => readLine(line, `${source}:${index + 1}`, index + 1)).filter((message) => message !== null);
  const distinct = [...new Map(all.toReversed().map((message) => [`${message.hash} ${message.id}`, message])).values()].sort((a, b) => a.line - b.line);
  const originals = new Set(distinct.filter((message) => message.deadLetterOf === null).map((message) => `${message.hash} ${instant(message.publishTime)}`));
  const messages = distinct.filter((message) => message.deadLetterOf === null || !originals.has(`${message.hash} ${instant(message.deadLetterOf)}`));
  return {
    lines: lines.length,
    blankLines: lines.length - all.length,
    redeliveries: all.length - distinct.length,
    deadLettersAgain: distinct.length - messages.length,
    messages,
    observed: keepBooks(messages),
  };
}

function instant(time: string | null): number {
  return time === null ? Number.NaN : Date.parse(time);
}

function splitLines(file: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < file.length; ) {
    const end = file.indexOf(0x0a, from);
    const to = end === -1 ? file.length : end;
    lines.push(file.subarray(from, file[to - 1] === 0x0d && to > from ? to - 1 : to));
    from = to + 1;
  }
  return lines;
}

function readLine(line: Buffer, place: string, number: number): NaiveMessage | null {
  if (line.toString('latin1').trim() === '') return null;
  const envelope = parse(line) as { message?: Record<string, unknown> } | null;
  const message = envelope?.message;
  if (typeof message !== 'object' || message === null) return made(place, number, line, null, null);
  const given = message['messageId'] ?? message['message_id'];
  const id = typeof given === 'string' && given !== '' ? given : place;
  const encoded = message['data'];
  const decodable = typeof encoded === 'string' && encoded.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(encoded);
  const attributes = (message['attributes'] ?? {}) as Record<string, string>;
  return made(id, number, decodable ? Buffer.from(encoded, 'base64') : line, message['publishTime'] as string, attributes['CloudPubSubDeadLetterSourceTopicPublishTime'] ?? null);
}

function made(id: string, line: number, data: Buffer, publishTime: string | null, deadLetterOf: string | null): NaiveMessage {
  return { id, line, data, hash: createHash('sha256').update(data).digest('hex'), publishTime, deadLetterOf, payment: readNaively(data) };
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch {
    return null;
  }
}

function keepBooks(messages: readonly NaiveMessage[]): Observed {
  const ledger = new Map<string, NaivePayment>();
  const ids = { duplicate: [] as string[], conflict: [] as string[], pending: [], rejected: [] as string[], missing: [] };
  const copies: NaivePayment[] = [];
  for (const { id, payment } of messages) {
    const posted = payment === null ? undefined : ledger.get(payment.transaction_id);
    if (payment === null) ids.rejected.push(id);
    else if (posted === undefined) ledger.set(payment.transaction_id, payment);
    else if (facts(posted) === facts(payment)) {
      ids.duplicate.push(id);
      copies.push(payment);
    } else ids.conflict.push(id);
  }
  const sortedIds = [...ledger.keys()].map((id) => Buffer.from(id)).sort(Buffer.compare);
  return {
    messages: messages.length,
    dispositions: { posted: ledger.size, duplicate: ids.duplicate.length, conflict: ids.conflict.length, pending: 0, rejected: ids.rejected.length, missing: 0 },
    postings: totals([...ledger.values()], (payment) => `${payment.currency}|${payment.kind}|${payment.date}`).map(([key, count, gross, net]) => {
      const [currency, kind, date] = key.split('|') as [string, PostingTotal['kind'], string];
      return { currency, kind, date, postings: count, gross_minor: gross, net_minor: net };
    }),
    duplicate_money: totals(copies, (payment) => payment.currency).map(([currency, count, gross, net]) => ({ currency, messages: count, gross_minor: gross, net_minor: net })),
    posted: { count: ledger.size, transaction_ids_sha256: createHash('sha256').update(sortedIds.map(String).join('\n')).digest('hex') },
    message_ids: ids,
  };
}

function facts({ date, micros, minor, ...others }: NaivePayment): string {
  void date; // a copy that only differs in time is a duplicate
  void micros;
  return JSON.stringify([others, minor.toString()]);
}

function totals(payments: readonly NaivePayment[], keyOf: (payment: NaivePayment) => string): [string, number, string, string][] {
  return [...Map.groupBy(payments, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const sum = (amount: (payment: NaivePayment) => bigint): string => group.reduce((total, payment) => total + amount(payment), 0n).toString();
      const comesIn = (kind: string): boolean => ['payment', 'refund_reversal', 'chargeback_reversal'].includes(kind);
      return [key, group.length, sum((one) => one.minor), sum((one) => (comesIn(one.kind) ? one.minor : -one.minor))];
    });
}
