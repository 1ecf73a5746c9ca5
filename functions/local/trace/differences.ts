/** A field in which a copy differs from the payment that counts. */
export interface Difference {
  readonly field: string;
  readonly counts: string | null;
  readonly copy: string | null;
}

/**
 * The fields in which two payments' JSON texts differ, top level and `metadata`. Values are compared as JSON; `10.5` and `10.50` differ
 * here, though not for the ledger. Empty where either is no JSON object.
 */
export function differences(counts: string | null, copy: string | null): Difference[] {
  const [one, other] = [fieldsOf(counts), fieldsOf(copy)];
  if (!one || !other) return [];
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.flatMap((field) => {
    const [a, b] = [one.get(field) ?? null, other.get(field) ?? null];
    return a === b ? [] : [{ field, counts: a, copy: b }];
  });
}

function fieldsOf(text: string | null): Map<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return null; // a rejected message need not be JSON
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(value)) {
    if (name === 'metadata' && typeof field === 'object' && field !== null) {
      for (const [key, inner] of Object.entries(field)) fields.set(`metadata.${key}`, JSON.stringify(inner));
    } else fields.set(name, typeof field === 'string' ? field : JSON.stringify(field));
  }
  return fields;
}
