import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ids, Reports } from '../../ports.ts';
import { requireReportName } from '../report-name.ts';

/**
 * Reports as files of a directory. A reader finds a whole file or none: it is written beside, made durable, and takes the name at once.
 * Rejects with the file system's error, EEXIST where the name is another report's.
 */
export function fileReports(directory: string, ids: Ids): Reports {
  return {
    async publish(name, content) {
      requireReportName(name);
      const path = join(directory, name);
      const beside = `${path}.${ids.next()}.part`;
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeDurably(beside, content);
        await takeName(beside, path, content);
      } finally {
        await rm(beside, { force: true });
      }
      return path;
    },
  };
}

/** A link takes a name only if nobody has it; a rename would take it away from whoever has. */
async function takeName(beside: string, path: string, content: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || (await readFile(path, 'utf8')) !== content) throw error;
  }
}

async function writeDurably(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}
