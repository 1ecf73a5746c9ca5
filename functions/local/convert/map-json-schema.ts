import { AmountSource, ConversionMapSchema, KindSource, TextSource, TimeSource } from './map-schema.ts';

const ONE_ORIGIN = [{ required: ['column'] }, { required: ['columns'] }, { required: ['constant'] }];

/** Parts that stand in many places, and what their schema can't say by itself. */
const PARTS: readonly [name: string, schema: object, rule: object][] = [
  ['text', TextSource, { oneOf: ONE_ORIGIN }],
  ['time', TimeSource, { oneOf: ONE_ORIGIN }],
  ['kind', KindSource, { oneOf: [...ONE_ORIGIN, { required: ['from_sign_of', 'negative', 'positive'] }] }],
  ['amount', AmountSource, { oneOf: [...ONE_ORIGIN, { required: ['column_in', 'column_out'] }] }],
];

/** The conversion map as JSON Schema 2020-12, for editors. docs/conversion-map.schema.json is printed from this. */
export function mapJsonSchema(): object {
  const { $schema, ...schema } = withReferences(ConversionMapSchema, PARTS) as Record<string, unknown>;
  return { $schema, ...schema, $defs: Object.fromEntries(PARTS.map(([name, part, rule]) => [name, { ...part, ...rule }])) };
}

function withReferences(schema: unknown, parts: typeof PARTS): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((item) => withReferences(item, parts));
  const text = JSON.stringify(schema);
  const known = parts.find(([, part]) => JSON.stringify(part) === text);
  if (known) return { $ref: `#/$defs/${known[0]}` };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withReferences(value, parts)]));
}
