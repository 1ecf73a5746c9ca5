import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { FUNCTION_NAMES, type FunctionName } from '../../functions/deployed/function-variables.ts';
import { kebab } from '../names.ts';
import { sqlTexts } from './sql-texts.ts';

/** A function's code in one file, with the clients that it uses. */
export interface Bundle {
  readonly code: Uint8Array;
  /** What the file exports. */
  readonly exports: readonly string[];
  /** The files that it was made of, relative to the repository. */
  readonly inputs: readonly string[];
  /** What it still asks Node for when it runs. */
  readonly imports: readonly string[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Google's clients are CommonJS in part, and ask for Node's modules by `require`, which a module doesn't have. */
const REQUIRE = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";
/** They ask for these, too. No file is beside the bundle: what looks for one there has it inside, or is never called. */
const PLACES = { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' };

/**
 * Bundles every function. The same sources and packages come to the same bytes, so that a function that did not change is not deployed
 * again. Not minified: it loads no faster, and its stack traces can be read. Rejects where esbuild fails, or warns of something.
 */
export async function bundleFunctions(): Promise<ReadonlyMap<FunctionName, Bundle>> {
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: FUNCTION_NAMES.map((name) => ({ in: `functions/wiring/${kebab(name)}.ts`, out: kebab(name) })),
    absWorkingDir: ROOT, outdir: 'dist', outExtension: { '.js': '.mjs' }, write: false, metafile: true, logLevel: 'silent', plugins: [sqlTexts],
    bundle: true, platform: 'node', format: 'esm', target: 'node24', banner: { js: REQUIRE }, define: PLACES, legalComments: 'none',
    preserveSymlinks: true, // a node_modules that is linked from elsewhere would show where in the comments of the code
  });
  if (warnings.length > 0) throw new Error(`esbuild warns: ${warnings.map(({ text, location }) => `${location?.file}:${location?.line}: ${text}`).join('; ')}`);
  const codes = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  return new Map(FUNCTION_NAMES.map((name) => {
    const file = `dist/${kebab(name)}.mjs`;
    return [name, { code: codes.get(`${ROOT}${file}`)!, ...contentsOf(metafile.outputs[file]!) }];
  }));
}

function contentsOf({ exports, inputs, imports }: Metafile['outputs'][string]): Omit<Bundle, 'code'> {
  return { exports, inputs: Object.keys(inputs), imports: [...new Set(imports.map(({ path }) => path))] };
}
