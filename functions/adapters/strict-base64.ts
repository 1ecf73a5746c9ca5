const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The bytes that standard base64 writes (RFC 4648 section 4: `A–Z a–z 0–9 + /`, padded), or null for anything that isn't it: a
 * line end, the URL alphabet, padding left out. Bits of the last group beyond the last byte are ignored, as DuckDB does.
 */
export function decodeBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const bytes = Buffer.from(text, 'base64');
  // What writes back to the same text was strict. The pattern costs more, and decides the rest.
  if (bytes.toString('base64') === text) return bytes;
  return STANDARD.test(text) ? bytes : null;
}
