import { currencyByCode } from '../../payment/currencies.ts';
import type { Fault } from '../../payment/fault.ts';
import { formatMinor } from '../../payment/money.ts';
import { readAmount, type WrittenAmount } from './amount-text.ts';
import type { Layout } from './columns.ts';
import type { AmountSource } from './map-schema.ts';
import { columnReader, originReader, type Cells } from './read-text.ts';
import { rowFault } from './row-faults.ts';

/** The amount of a row; `empty` where it has none, null where a fault was added. */
export type AmountReader = (cells: Cells, faults: Fault[]) => WrittenAmount | 'empty' | null;

/** The reader of the amount as it is written in one column, or in one for money in and one for money out. */
export function amountReader(source: AmountSource, layout: Layout): AmountReader {
  if (source.column_in !== undefined && source.column_out !== undefined) return inAndOutReader(source, columnReader(source.column_in, layout), columnReader(source.column_out, layout));
  const { read, orDefault } = originReader(source, layout);
  return (cells, faults) => {
    const text = read(cells) || orDefault;
    return text === '' ? 'empty' : readOne(text, source, faults);
  };
}

/** One of the two columns is empty or zero. What stands under "out" went out, with a minus sign or without. */
function inAndOutReader(source: AmountSource, readIn: (cells: Cells) => string, readOut: (cells: Cells) => string): AmountReader {
  return (cells, faults) => {
    const before = faults.length;
    const moneyIn = readIn(cells) === '' ? null : readOne(readIn(cells), source, faults);
    const moneyOut = readOut(cells) === '' ? null : readOne(readOut(cells), source, faults);
    if (faults.length > before) return null;
    const hasIn = moneyIn !== null && moneyIn.sign !== 'zero';
    const hasOut = moneyOut !== null && moneyOut.sign !== 'zero';
    if ((hasIn && hasOut) || (moneyIn === null && moneyOut === null)) {
      faults.push(rowFault('amount_in_and_out', 'amount', [readIn(cells), readOut(cells)].filter((text) => text !== '').join(' and ')));
      return null;
    }
    return hasOut ? { ...moneyOut, sign: 'negative' } : (moneyIn ?? moneyOut);
  };
}

function readOne(text: string, source: AmountSource, faults: Fault[]): WrittenAmount | null {
  const amount = readAmount(text, source.format, source.strip ?? []);
  if (amount === null) faults.push(rowFault('amount_not_in_format', 'amount', text));
  return amount;
}

/** The amount without its sign as the payment has it: a decimal text in major units. Null where a fault was added. */
export function publishedAmount(amount: WrittenAmount, source: AmountSource, currency: string, faults: Fault[]): string | null {
  if (source.format !== 'minor_units') return amount.digits;
  const exponent = source.exponents?.[currency] ?? source.currency_exponent ?? currencyByCode(currency)?.exponent;
  if (exponent === undefined) {
    faults.push(rowFault('exponent_unknown', 'currency', currency));
    return null;
  }
  return formatMinor(BigInt(amount.digits), exponent);
}
