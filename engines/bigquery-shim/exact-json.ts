/** JSON as nested values; a number is a RawNumber. */
export type Json = null | boolean | string | RawNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A number as it was written, so that none goes through a float. `JSON.stringify` writes it back unchanged. */
export interface RawNumber {
  readonly rawJSON: string;
}

// Known to Node since 21; the type library doesn't have them yet.
const parseWithSource = JSON.parse as (text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown) => unknown;
const { rawJSON } = JSON as unknown as { rawJSON(text: string): RawNumber };

/** The object that a text holds, or null where it holds none. */
export function parseExactly(text: string): JsonObject | null {
  try {
    const value = parseWithSource(text, (_key, inner, { source }) => (typeof inner === 'number' && source !== undefined ? rawJSON(source) : inner)) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value is an object with keys. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('rawJSON' in value);
}

/** A field that is a list of objects; otherwise an empty list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
