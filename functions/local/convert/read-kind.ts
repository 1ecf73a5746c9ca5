import type { Fault } from '../../payment/fault.ts';
import { SIGN_OF_KIND, type Kind } from '../../payment/kind.ts';
import type { WrittenAmount } from './amount-text.ts';
import { foldName, type Layout } from './columns.ts';
import type { AmountSource, KindSource } from './map-schema.ts';
import { foldKeys, originReader, type Cells } from './read-text.ts';
import { rowFault } from './row-faults.ts';

type Sign = WrittenAmount['sign'];
type BySign = { readonly [sign in Sign]?: Kind };
/** The kind of a row's payment, given the sign of its amount; null where a fault was added. */
export type KindReader = (cells: Cells, sign: Sign, faults: Fault[]) => Kind | null;

/** The reader of the kind. Where the sign doesn't decide it, the sign must fit it, by what the amount says of signs. */
export function kindReader(source: KindSource, meaning: AmountSource['sign'], layout: Layout): KindReader {
  if (source.from_sign_of !== undefined) return (_cells, sign, faults) => bySign(source, sign, faults);
  const { read, orDefault } = originReader(source, layout);
  const values = source.values && foldKeys(source.values);
  return (cells, sign, faults) => {
    const text = read(cells);
    const kind = text === '' ? (orDefault as Kind) : values ? (values.get(foldName(text)) ?? values.get('*')) : (text as Kind);
    if (kind === undefined || kind === ('' as Kind)) {
      faults.push(rowFault(text === '' ? 'field_empty' : 'value_not_in_map', 'kind', text));
      return null;
    }
    if (typeof kind !== 'string') return bySign(kind, sign, faults);
    if (!signFits(kind, sign, meaning ?? 'none')) {
      faults.push(rowFault('sign_unexpected', 'amount', `${sign} amount of a ${kind}`));
      return null;
    }
    return kind;
  };
}

function bySign(kinds: BySign, sign: Sign, faults: Fault[]): Kind | null {
  const kind = kinds[sign] ?? (sign === 'zero' ? (kinds.positive ?? kinds.negative) : undefined);
  if (kind !== undefined) return kind;
  faults.push(rowFault('kind_unclear', 'kind', `${sign} amount`));
  return null;
}

/** A text that is no kind fits: decoding the payment names it. */
function signFits(kind: Kind, sign: Sign, meaning: NonNullable<AmountSource['sign']>): boolean {
  if (sign === 'zero' || meaning === 'ignored' || !Object.hasOwn(SIGN_OF_KIND, kind)) return true;
  if (meaning === 'none') return sign === 'positive';
  const moneyComesIn = (sign === 'positive') === (meaning === 'effect');
  return moneyComesIn === SIGN_OF_KIND[kind] > 0n;
}
