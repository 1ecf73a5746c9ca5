import { counted } from '../../functions/figures.ts';
import { IDS_SHOWN } from '../limits.ts';

/** `a, b, c and 4 more`. */
export function some(ids: readonly string[]): string {
  const rest = ids.length - IDS_SHOWN;
  return rest > 0 ? `${ids.slice(0, IDS_SHOWN).join(', ')} and ${rest} more` : ids.join(', ');
}

/** `3 messages have no line: a, b, c`; nothing where there are none. */
export function fault(ids: readonly string[], one: string, says: string, more = says): readonly string[] {
  return ids.length === 0 ? [] : [`${counted(ids.length, one)} ${ids.length === 1 ? says : more}: ${some(ids)}`];
}
