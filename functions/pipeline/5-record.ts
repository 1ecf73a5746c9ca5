import type { Journal } from '../ports.ts';
import type { JournalLine } from './journal-line.ts';

/**
 * Step 5: append the lines to the journal. When this returns they are durable, and only then may the messages be
 * acknowledged. Writing a line twice is harmless; losing one is not.
 */
export async function record(lines: readonly JournalLine[], journal: Journal): Promise<void> {
  await journal.append(lines);
}
