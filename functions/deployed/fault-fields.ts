import { describeError } from '../adapters/google/error-kinds.ts';

/** What the log may say of an error: its names and codes. Never its message, which may quote what was in the request. */
export function faultFields(error: unknown): Record<string, string | number | null> {
  const { code, reason, name } = describeError(error);
  return { code, reason, error: name };
}
