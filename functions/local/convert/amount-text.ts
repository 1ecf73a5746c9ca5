export const AMOUNT_FORMATS = ['decimal', 'decimal_comma', 'minor_units'] as const;
/** `decimal`: 1,234.50; `decimal_comma`: 1.234,50; `minor_units`: whole cents, 123450. */
export type AmountFormat = (typeof AMOUNT_FORMATS)[number];

/** An amount as somebody wrote it, taken apart. Text all the way: no float ever holds it. */
export interface WrittenAmount {
  /** Digits with at most one point, no sign, no leading zeros: `1234.50`, `0`. */
  readonly digits: string;
  readonly sign: 'negative' | 'zero' | 'positive';
}

const MINUS = /^[-\u2212\u2013]/;
const PLAIN_DIGITS = /^\d*$/;
/** Groups of three behind one separator throughout, or India's way (12,34,567). */
const GROUPED: Readonly<Record<AmountFormat, RegExp>> = {
  decimal: /^(?:\d{1,3}(?:([,'’ ])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})$/,
  decimal_comma: /^\d{1,3}(?:([.'’ ])\d{3})(?:\1\d{3})*$/,
  minor_units: /^(?!)/,
};

/**
 * Reads an amount as exports write it: `1,234.50`, `-12`, `12.00-`, `(12.00)`, `+3`, `.5`; spaces (no-break ones too) and the texts in
 * `strip` (currency signs) are left out. Null for anything else, such as `1.2E+05` or a comma where the format has none.
 */
export function readAmount(text: string, format: AmountFormat, strip: readonly string[]): WrittenAmount | null {
  let rest = text.replace(/[\u00a0\u202f\u2009\t]/g, ' ');
  for (const part of strip) rest = rest.replaceAll(part, '');
  const signed = takeSign(rest.trim());
  if (signed === null) return null;

  const mark = format === 'decimal_comma' ? ',' : '.';
  const at = format === 'minor_units' ? -1 : signed.rest.lastIndexOf(mark);
  const whole = (at < 0 ? signed.rest : signed.rest.slice(0, at)).trim();
  const fraction = at < 0 ? '' : signed.rest.slice(at + 1).trim();
  if (!PLAIN_DIGITS.test(fraction) || (whole + fraction).length === 0) return null;
  if (!PLAIN_DIGITS.test(whole) && !GROUPED[format].test(whole)) return null;

  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '') || '0';
  const isZero = /^0*$/.test(digits + fraction);
  return { digits: fraction === '' ? digits : `${digits}.${fraction}`, sign: isZero ? 'zero' : signed.negative ? 'negative' : 'positive' };
}

/** The text without its sign (in front, behind, or brackets); null where it has two. */
function takeSign(text: string): { readonly rest: string; readonly negative: boolean } | null {
  let rest = text;
  let signs = 0;
  let negative = true;
  if (rest.startsWith('(') && rest.endsWith(')')) (rest = rest.slice(1, -1).trim()), signs++;
  if (MINUS.test(rest)) (rest = rest.slice(1).trim()), signs++;
  else if (rest.startsWith('+')) (rest = rest.slice(1).trim()), (negative = false), signs++;
  if (MINUS.test(rest.slice(-1))) (rest = rest.slice(0, -1).trim()), signs++;
  if (signs > 1) return null;
  return { rest, negative: signs === 1 && negative };
}
