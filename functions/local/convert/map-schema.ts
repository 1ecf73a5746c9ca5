import Type from 'typebox';
import { KINDS } from '../../payment/kind.ts';
import { OPTIONAL_TEXTS } from '../../payment/schema-fields.ts';
import { AMOUNT_FORMATS } from './amount-text.ts';

/** Texts that a payment can do without, in the order in which they are written. */
export const TEXT_FIELDS = Object.keys(OPTIONAL_TEXTS) as TextField[];
type TextField = keyof typeof OPTIONAL_TEXTS;

const strict = { additionalProperties: false } as const;

const Column = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
  title: 'a column name, or a list of its spellings',
  description: 'A column of the header, compared without case and outer blanks; or a list of spellings, of which the first that the header has counts. In JSON lines a key, or a path such as data.object.id, exactly as written.',
});

/** Where a text comes from: exactly one of column, columns and constant. */
const from = {
  column: Type.Optional(Column),
  columns: Type.Optional(Type.Array(Column, { minItems: 1, description: 'Several columns, joined.' })),
  join: Type.Optional(Type.String({ description: 'Between the cells of columns. Default "-".' })),
  constant: Type.Optional(Type.String({ minLength: 1, description: 'The same for every row.' })),
  empty_values: Type.Optional(Type.Array(Type.String(), { description: 'Cells that count as empty, e.g. "00:00:00" or "N/A".' })),
  default_when_empty: Type.Optional(Type.String({ description: 'The value where the cell is empty; it is taken as it is.' })),
};

export const TextSource = Type.Object({
  ...from,
  optional: Type.Optional(Type.Boolean({ description: 'The column may be missing. (A cell may be empty in every field that a payment can do without.)' })),
  prefix: Type.Optional(Type.String()),
  suffix: Type.Optional(Type.String()),
  values: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What each cell becomes, compared without case; "*" for all others.' })),
}, strict);

export const TimeSource = Type.Object({
  ...from,
  format: Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    title: 'a time format, or a list of them',
    description: 'rfc3339, epoch_s, epoch_ms, epoch_us, or a pattern such as dd/MM/yyyy[ HH:mm[:ss]]. Of several, those that fit must agree.',
  }),
  zone: Type.Optional(Type.String({ description: 'IANA zone of patterns without an offset, e.g. Europe/London. Default UTC.' })),
  time_of_day: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$', title: 'a time of day such as 12:00:00', description: 'The time of a date alone. Default 12:00:00, which keeps the date the same in UTC (in zones from -12:00 to +11:59).' })),
}, strict);

const Kind = Type.Enum([...KINDS]);
const bySign = { negative: Type.Optional(Kind), positive: Type.Optional(Kind), zero: Type.Optional(Kind) };
const KindBySign = Type.Object(bySign, { ...strict, description: 'By the sign of the amount; zero is taken as positive where it is not named.' });

export const KindSource = Type.Object({
  ...from,
  values: Type.Optional(Type.Record(Type.String(), Type.Union([Kind, KindBySign], { title: `one of ${KINDS.join(', ')}, or an object of negative, positive and zero` }), { description: 'The kind for each cell, compared without case; "*" for all others.' })),
  from_sign_of: Type.Optional(Type.Literal('amount', { description: 'The sign of the amount decides alone.' })),
  ...bySign,
}, strict);

const Exponent = Type.Integer({ minimum: 0, maximum: 4 });

export const AmountSource = Type.Object({
  ...from,
  column_in: Type.Optional(Column),
  column_out: Type.Optional(Column),
  format: Type.Enum([...AMOUNT_FORMATS], { description: 'decimal: 1,234.50; decimal_comma: 1.234,50; minor_units: 123450.' }),
  strip: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: 'Texts to leave out, e.g. a currency sign.' })),
  sign: Type.Optional(Type.Enum(['none', 'effect', 'opposite', 'ignored'], { description: 'What a sign means where the kind does not come from it. none (default): there is none, a negative amount is a fault. effect: + is money in, and must fit the kind. opposite: + is money out. ignored: the kind alone counts.' })),
  currency_exponent: Type.Optional(Exponent),
  exponents: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), Exponent, { description: 'Where minor units are not ISO 4217\'s: e.g. {"ISK": 2}.' })),
}, strict);

const fields = {
  transaction_id: TextSource,
  event_time: TimeSource,
  kind: Type.Optional(KindSource),
  amount: AmountSource,
  currency: TextSource,
  customer_id: TextSource,
  merchant_id: TextSource,
  ...(Object.fromEntries(TEXT_FIELDS.map((name) => [name, Type.Optional(TextSource)])) as Record<TextField, ReturnType<typeof Type.Optional<typeof TextSource>>>),
  captured_at: Type.Optional(TimeSource),
  metadata: Type.Optional(Type.Record(Type.String(), TextSource, { description: 'At most 20 keys.' })),
};

const Fields = Type.Object(fields, { ...strict, description: 'Where each field of the payment comes from. Without kind, every row is a payment.' });

export const ConversionMapSchema = Type.Object({
  $schema: Type.Optional(Type.String()),
  version: Type.Literal(1),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  input: Type.Object({
    format: Type.Enum(['csv', 'jsonl']),
    delimiter: Type.Optional(Type.String({ minLength: 1, title: 'one character, or "auto"', pattern: '^(auto|[^"\\r\\n])$', description: 'One character, or auto (default): the one with which the header is found.' })),
    quote: Type.Optional(Type.Enum(['"', "'", 'none'], { description: 'The quotation mark around cells. Default ".' })),
    encoding: Type.Optional(Type.Enum(['auto', 'utf-8', 'utf-16le', 'windows-1252'], { description: 'auto (default): UTF-8 if the whole file is valid UTF-8, else Windows-1252.' })),
    header_row: Type.Optional(Type.Integer({ minimum: 1, description: 'The row that holds the header, from 1. Without it, the first row that has the columns.' })),
    skip_rows_until_header: Type.Optional(Type.Boolean({ description: 'Rows before the header are left out. Default true; false: the first row is the header.' })),
  }, strict),
  fields: Fields,
  also: Type.Optional(Type.Array(Type.Object({ fields: Type.Partial(Fields) }, strict), { description: 'Further payments of the same row, e.g. its fee. Fields not named here are those above. Left out where its amount is empty or zero.' })),
  ignore_rows: Type.Optional(Type.Array(Type.Object({ column: Column, values: Type.Array(Type.String(), { minItems: 1 }) }, strict), { description: 'Rows that are no money movement, such as failed attempts or a total. They are counted.' })),
}, { ...strict, $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Conversion map', description: 'How the rows of somebody\'s export become payments.' });

export type ConversionMap = Type.Static<typeof ConversionMapSchema>;
export type FieldSources = ConversionMap['fields'];
export type TextSource = Type.Static<typeof TextSource>;
export type TimeSource = Type.Static<typeof TimeSource>;
export type KindSource = Type.Static<typeof KindSource>;
export type AmountSource = Type.Static<typeof AmountSource>;
export type ColumnName = Type.Static<typeof Column>;
