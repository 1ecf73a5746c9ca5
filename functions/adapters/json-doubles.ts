/** Levels of nesting looked into. Prevents a deep text from exhausting the stack; what is deeper counts as doubled. */
const DEEPEST = 16;

/**
 * A name may stand twice in one object of a JSON text that parsed to `value`; false is certain. For texts without backslash escapes only:
 * JSON.parse keeps one member of each name, so colons of the text are missing from what it made, wherever there was a second.
 */
export function mayHaveDoubles(text: string, value: unknown): boolean {
  return colonsOf(text) !== colonsIn(value, DEEPEST);
}

function colonsOf(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) colons++;
  return colons;
}

/** Colons that a value takes when written as JSON: one a member, and those in names and strings. */
function colonsIn(value: unknown, levels: number): number {
  if (typeof value === 'string') return colonsOf(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (levels === 0) return NaN;
  let colons = 0;
  if (Array.isArray(value)) {
    for (const item of value) colons += colonsIn(item, levels - 1);
    return colons;
  }
  const object = value as Record<string, unknown>;
  for (const name in object) colons += 1 + colonsOf(name) + colonsIn(object[name], levels - 1);
  return colons;
}
