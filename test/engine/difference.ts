import { isDeepStrictEqual } from 'node:util';
import { isWhole, type Properties } from './protocol.ts';

/** One place in which two sets of properties differ. */
export interface Difference {
  /** As Pulumi writes it: `deadLetterPolicy.maxDeliveryAttempts`, `conditions[0]["display.name"]`. */
  readonly path: string;
  readonly kind: 'add' | 'delete' | 'update';
}

/** Where `news` differ from `olds`. */
export function differences(olds: Properties, news: Properties): Difference[] {
  return between('', olds, news);
}

function between(path: string, old: unknown, next: unknown): Difference[] {
  if (isDeepStrictEqual(old, next)) return [];
  if (old === undefined) return [{ path, kind: 'add' }];
  if (next === undefined) return [{ path, kind: 'delete' }];
  if (!hasParts(old) || !hasParts(next) || Array.isArray(old) !== Array.isArray(next)) return [{ path, kind: 'update' }];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])];
  return keys.flatMap((key) => between(`${path}${step(path, key, Array.isArray(old))}`, old[key], next[key]));
}

function hasParts(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isWhole(value);
}

function step(path: string, key: string, isIndex: boolean): string {
  if (isIndex) return `[${key}]`;
  if (!/^\w+$/.test(key)) return `["${key}"]`;
  return path === '' ? key : `.${key}`;
}
