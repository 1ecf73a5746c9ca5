import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { kebab } from '../names.ts';

/** What is written to, line by line. */
export interface Output {
  write(text: string): unknown;
}

/** Builds into a folder, and says how large each function is. Gives the exit code: 1 where nothing was built, which `errors` explains. */
export async function runBuild(folder: string, output: Output, errors: Output): Promise<0 | 1> {
  try {
    const { buildFunctions } = await import('./build.ts'); // not before it is known what to say without esbuild
    for (const [name, { code }] of await buildFunctions(folder)) {
      output.write(`${kebab(name).padEnd(16)} ${megabytes(code.length)} MB, ${megabytes(await zippedBytes(code))} MB zipped\n`);
    }
    return 0;
  } catch (error) {
    errors.write(`${lacksEsbuild(error) ? 'esbuild is not installed: run npm ci, with what is only for development' : error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** Bytes of a file in the zip that is uploaded, but for its name. */
export async function zippedBytes(content: Uint8Array): Promise<number> {
  return (await promisify(deflateRaw)(content)).length;
}

/** Bytes as millions of them: `9.5`. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

function lacksEsbuild(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'esbuild'");
}
