/** Minor units as a decimal string with all digits of the exponent: 1050 → `10.50`. The simulator's own, so that it can judge the product's. */
export function decimalText(minor: bigint, exponent: number): string {
  const digits = minor.toString();
  if (exponent === 0) return digits;
  const padded = digits.padStart(exponent + 1, '0');
  const point = padded.length - exponent;
  return `${padded.slice(0, point)}.${padded.slice(point)}`;
}

/** The same amount written shortly: `10.50` → `10.5`, `10.00` → `10`. */
export function shortDecimalText(minor: bigint, exponent: number): string {
  const text = decimalText(minor, exponent);
  if (exponent === 0) return text;
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}
