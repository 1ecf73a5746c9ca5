import Type, { type Static } from 'typebox';

const count = (description: string) => Type.Integer({ minimum: 0, description });
const money = (description: string) => Type.String({ pattern: '^-?(0|[1-9][0-9]*)$', description });
const currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.' });
const ids = (description: string) => Type.Array(Type.String(), { description });

const kind = Type.Enum(['payment', 'refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback', 'fee', 'payout']);

const postingTotal = Type.Object(
  {
    currency,
    kind,
    date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', description: 'Transaction date: the UTC date of event_time.' }),
    postings: count('Payments posted.'),
    gross_minor: money('Sum of amounts in minor units.'),
    net_minor: money('The same, signed by kind.'),
  },
  { additionalProperties: false },
);

const duplicateMoney = Type.Object(
  { currency, messages: count('Duplicates.'), gross_minor: money('Sum of their amounts in minor units.'), net_minor: money('The same, signed by kind.') },
  { additionalProperties: false, description: 'Money that duplicates would have counted twice.' },
);

const disposition = (of: (description: string) => ReturnType<typeof count>) =>
  Type.Object(
    { posted: of('It counts.'), duplicate: of('A copy with the same money facts.'), conflict: of('A copy with others.'), pending: of('Not decided.'), rejected: of('Malformed.'), missing: of('Lost.') },
    { additionalProperties: false },
  );

const planted = Type.Object(
  { ids_are: Type.Enum(['message_id', 'transaction_id']), ids: ids('In the order of planting.') },
  { additionalProperties: false },
);

/** The answer key's JSON Schema, of which the type is made. */
export const ANSWER_KEY_SCHEMA = Type.Object(
  {
    version: Type.Literal(1),
    seed: Type.Integer(),
    source: Type.String({ minLength: 1, description: 'The name under which the file is to be ingested: ids SOURCE:LINE depend on it.' }),
    options: Type.Object(
      { payments: count('Money movements asked for.'), days: count('Days of traffic.'), start: Type.String(), rates: Type.Record(Type.String(), Type.Number(), { description: 'Every rate that was in force.' }) },
      { additionalProperties: false },
    ),
    lines: count('Physical lines of the file, blank ones included.'),
    blank_lines: count('Lines that are no messages.'),
    redeliveries: count('Lines that are a message already in the file, id and data alike.'),
    dead_letters_of_messages_in_the_file: count('Lines that are a dead letter of a message in the file.'),
    messages: count('Messages: lines without blank ones, redeliveries, and dead letters of messages in the file.'),
    dispositions: disposition(count),
    postings: Type.Array(postingTotal, { description: 'What the ledger must hold, sorted by currency, kind and date.' }),
    duplicate_money: Type.Array(duplicateMoney, { description: 'By currency.' }),
    posted: Type.Object(
      { count: count('Payments posted.'), transaction_ids_sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Over the transaction ids, sorted by their UTF-8 bytes and joined with a line feed.' }) },
      { additionalProperties: false },
    ),
    message_ids: Type.Object(
      { duplicate: ids('Sorted.'), conflict: ids('Sorted.'), pending: ids('Sorted.'), rejected: ids('Sorted.'), missing: ids('Sorted.') },
      { additionalProperties: false, description: 'For each disposition but posted. An id comes twice where two messages share it.' },
    ),
    late: Type.Object(
      { over_1_hour: count('More than an hour.'), over_24_hours: count('More than a day.') },
      { additionalProperties: false, description: 'Valid messages whose event_time lay that far behind the latest publish time so far. For orientation: the ledger doesn’t depend on it.' },
    ),
    planted: Type.Record(Type.String(), planted, { description: 'Ids by planted fault.' }),
  },
  { additionalProperties: false, $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Answer key of a simulated file', description: 'What a ledger must say after the file was ingested. It speaks of dispositions and money, never of outcomes.' },
);

export type AnswerKey = Static<typeof ANSWER_KEY_SCHEMA>;
export type PostingTotal = Static<typeof postingTotal>;
export type DuplicateMoney = Static<typeof duplicateMoney>;
export type Disposition = keyof AnswerKey['dispositions'];
