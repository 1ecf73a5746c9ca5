import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ids, Reports } from '../../ports.ts';
import { requireReportName } from '../report-name.ts';

/**
 * Reports as files of a directory. A reader finds the old file or the new one, never a half: it is written beside, made durable, and takes
 * the name at once. Rejects with the file system's error, and then the old one is as it was.
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
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      return path;
    },
  };
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
