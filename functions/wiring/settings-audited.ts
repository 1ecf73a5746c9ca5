import type { BigqueryBooks } from '../adapters/google/bigquery-books.ts';
import { wallClock } from '../adapters/google/wall-clock.ts';
import type { Settings } from '../config.ts';
import { auditSettings, onceDone } from '../deployed/audit-settings.ts';
import { revision } from './platform.ts';

/** Audits the settings before the first run of an instance. */
export function settingsAudited(settings: Settings): (books: BigqueryBooks) => Promise<void> {
  return onceDone((books) => auditSettings(books, wallClock, settings, `revision ${revision()}`));
}
