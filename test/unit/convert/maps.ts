import { readMap } from '../../../functions/local/convert/load-map.ts';
import type { ConversionMap } from '../../../functions/local/convert/map-schema.ts';

/** The smallest good map: a column for each field that every payment needs. */
export const SMALLEST = {
  version: 1,
  input: { format: 'csv' },
  fields: {
    transaction_id: { column: 'id' },
    event_time: { column: 'time', format: 'rfc3339' },
    amount: { column: 'amount', format: 'decimal' },
    currency: { column: 'currency' },
    customer_id: { constant: 'c' },
    merchant_id: { constant: 'm' },
  },
};

/** A good map: the smallest with other fields, input and rules. */
export function mapWith(fields: object, others: object = {}): ConversionMap {
  return readMap(JSON.stringify({ ...SMALLEST, ...others, fields: { ...SMALLEST.fields, ...fields } }), 'test-map');
}
