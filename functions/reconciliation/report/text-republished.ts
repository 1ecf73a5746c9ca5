import { MAX_REPUBLISHED_IN_TEXT } from './bounds.ts';
import { firstOf, republishedRow, republishedTitle } from './phrases.ts';
import type { Report } from './report.ts';
import { heading, textTable } from './text-layout.ts';
import { moreLine } from './text-ledger.ts';

/** Missing messages that were published again. */
export function republishedText({ republished }: Report): string[] {
  const shown = firstOf(republished, MAX_REPUBLISHED_IN_TEXT);
  if (shown.items.length === 0) return [];
  const columns = [{ title: 'message' }, { title: 'last at' }, { title: 'times', figures: true }, { title: 'since then' }];
  return [...heading(republishedTitle(republished)), ...textTable(columns, shown.items.map(republishedRow)), ...moreLine(shown, 'message')];
}
