import { isObject } from '../../functions/adapters/strict-object.ts';

/** The value at a path of an answer, such as `template.timeout`; undefined where there is none. */
function at(answer: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), answer);
}

/** The text at a path; null where there is none. */
export function textAt(answer: unknown, path: string): string | null {
  const value = at(answer, path);
  return typeof value === 'string' ? value : null;
}

/** The number at a path, also where it is written as text, or as a duration in seconds (`600s`, `0.5s`); null where there is none. */
export function numberAt(answer: unknown, path: string): number | null {
  const value = at(answer, path);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+(\.\d+)?s?$/.test(value) ? Number.parseFloat(value) : null;
}

/** True where `true` stands at a path. */
export function isTrueAt(answer: unknown, path: string): boolean {
  return at(answer, path) === true;
}

/** True where an object stands at a path. */
export function hasObjectAt(answer: unknown, path: string): boolean {
  return isObject(at(answer, path));
}

/** The list at a path; empty where there is none. */
export function listAt(answer: unknown, path: string): readonly unknown[] {
  const value = at(answer, path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The texts of a list at a path. */
export function textsAt(answer: unknown, path: string): readonly string[] {
  return listAt(answer, path).filter((one) => typeof one === 'string');
}
