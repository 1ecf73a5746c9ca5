import { EXIT, Failure } from '../failure.ts';

/** What an engine or the operating system says, what it means for the user, and what to do. The first that fits. */
const FOREIGN_FAULTS: readonly (readonly [says: RegExp, means: string, fix: string])[] = [
  [
    /ENOSPC|EFBIG|EDQUOT|No space left|File too large|Disk quota|disk is full|Could not (write|resize|truncate)/i,
    'The disk is full, or a file may not grow further',
    'Make room, then run the same command again: it goes on where it was, and nothing is lost or counted twice.',
  ],
  [
    /file is not a database|database disk image is malformed|malformed database schema|no such (table|column)|has no column/i,
    'claims.sqlite is damaged, or no file of this product',
    'Restore it from a backup, or move it and its -wal and -shm files away: the ledger stays exact without claims, and they are made again.',
  ],
  [/database is locked/i, 'claims.sqlite is held by another program', 'Close what has it open, then run the same command again.'],
  [/unable to open database file|attempt to write a readonly database/i, 'claims.sqlite can\'t be opened or written', 'Give this user the right to read and write the data directory and the files in it.'],
  [/EACCES|EPERM|EROFS|Permission denied/i, 'There is no permission', 'Give this user the right to that place, or name another one.'],
  [/EMFILE|ENFILE/, 'Too many files are open', 'Raise the limit (ulimit -n), then run the same command again.'],
  [/disk I\/O error|\bEIO\b|database has been invalidated|IO Error|Corrupt/i, 'A file of the data directory can\'t be read or written', 'Look after the disk; then run the same command again, or restore the data directory from a backup.'],
  [/Out of Memory|could not allocate|failed to (pin|offload)/i, 'The memory allowed for the ledger is used up', 'Close other programs, or ask for less at once (a LIMIT, one --date).'],
];

/** An error of an engine or the operating system as one that a user can act on; null for one that we didn't foresee. */
export function explainForeignFault(error: unknown): Failure | null {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return null;
  const text = `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`;
  const found = FOREIGN_FAULTS.find(([says]) => says.test(text));
  return found ? new Failure(EXIT.unusable, `${found[1]}: ${error.message.split('\n')[0]}`, found[2]) : null;
}
