import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { EXIT, Failure } from '../../failure.ts';
import { ruleFaults } from './map-rules.ts';
import { schemaFaults } from './map-faults.ts';
import type { ConversionMap } from './map-schema.ts';

/** A map that comes with the product. */
export interface ReadyMap {
  readonly name: string;
  readonly description: string;
}

const READY_MAPS = join(import.meta.dirname, '..', 'maps');

/** The ready maps, by name. */
export async function listMaps(): Promise<ReadyMap[]> {
  const names = await readyNames();
  return Promise.all(names.map(async (name) => ({ name, description: (await loadMap(name)).description ?? '' })));
}

/**
 * The map of a file, or a ready one by its name. Throws `Failure` (exit 2), naming every fault, where there is none or it is
 * wrong.
 */
export async function loadMap(nameOrPath: string): Promise<ConversionMap> {
  const ready = await readyNames();
  const path = ready.includes(nameOrPath) ? join(READY_MAPS, `${nameOrPath}.json`) : nameOrPath;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(EXIT.usage, `The map ${nameOrPath} can't be read (${(error as NodeJS.ErrnoException).code}).`, `Name a JSON file, or a ready map: ${ready.join(', ')}.`);
  }
  return readMap(text, nameOrPath);
}

/** A map from its JSON text. Throws `Failure` (exit 2) with every fault in it. */
export function readMap(text: string, name: string): ConversionMap {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Failure(EXIT.usage, `The map ${name} is not JSON: ${(error as Error).message}.`, 'Mend it; docs/convert.md has an example.');
  }
  const faults = schemaFaults(value);
  faults.push(...ruleFaults(value, faults));
  if (faults.length > 0) {
    const lines = faults.map((fault) => `\n  ${fault.place}: ${fault.wrong}.`).join('');
    throw new Failure(EXIT.usage, `The map ${name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:${lines}`, 'docs/convert.md says what a map may hold.');
  }
  const map = value as ConversionMap;
  return { ...map, name: map.name ?? basename(name, '.json') };
}

/** The list for people. */
export function renderMaps(maps: readonly ReadyMap[]): string {
  const widest = Math.max(...maps.map((map) => map.name.length));
  return maps.map((map) => `${map.name.padEnd(widest)}  ${map.description}`).join('\n');
}

async function readyNames(): Promise<string[]> {
  const files = await readdir(READY_MAPS);
  return files.filter((file) => extname(file) === '.json').map((file) => basename(file, '.json')).sort();
}
