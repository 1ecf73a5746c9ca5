import { printable, quote } from '../../payment/found.ts';
import type { Fault } from '../../payment/fault.ts';

/** Why a row can't be converted, beside the faults of the payment itself (docs/payment-format.md): what it means and what to do. */
export const ROW_FAULTS = {
  row_too_short: { means: 'The row has fewer cells than the header: it was cut, or a quote swallowed a delimiter.', fix: 'Mend the row in the export.' },
  row_too_long: { means: 'The row has more cells than the header: a text holds the delimiter without quotes.', fix: 'Put the text in quotes, or export it again.' },
  not_json: { means: 'The line is not one JSON object.', fix: 'Mend the line, or export it again.' },
  field_empty: { means: 'The cell of a field that every payment needs is empty.', fix: 'Fill the cell, or give the field a default_when_empty in the map.' },
  value_not_in_map: { means: 'The cell holds a value that the map does not name.', fix: 'Add the value to the field\'s values in the map, or ignore such rows (ignore_rows).' },
  time_not_in_format: { means: 'The cell is no time in the format that the map names.', fix: 'Correct the cell or the map\'s format. Cells that mean "no date" can be named in empty_values, with a default_when_empty.' },
  time_ambiguous: { means: 'The cell fits several formats of the map, with different times.', fix: 'Name one format only.' },
  amount_not_in_format: { means: 'The cell is no amount in the format that the map names.', fix: 'Correct the cell or the map\'s format. An amount that a spreadsheet wrote as 1.2E+05 has lost digits: export it again.' },
  amount_in_and_out: { means: 'Money in and money out both have an amount, or neither has.', fix: 'Correct the row; one of the two must be empty or zero.' },
  sign_unexpected: { means: 'The amount\'s sign does not fit the kind.', fix: 'Correct the row, or say in the map what the sign means (sign in amount, or kind from_sign_of).' },
  kind_unclear: { means: 'The map names no kind for an amount of this sign.', fix: 'Add negative, positive or zero to the kind in the map.' },
  exponent_unknown: { means: 'Minor units of a currency that ISO 4217 does not list.', fix: 'Correct the currency, or give currency_exponent in the map.' },
} as const;

export type RowFaultCode = keyof typeof ROW_FAULTS;

/** A fault of a row. `found` is shown in quotes, cut, with card numbers masked. */
export function rowFault(code: RowFaultCode, field: string, found: string): Fault {
  return { code, field: printable(field), found: found === '' ? 'nothing' : quote(found), fix: ROW_FAULTS[code].fix };
}
