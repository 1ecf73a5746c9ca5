/** `npm run build`: makes the folders of the functions, which are uploaded as they are. */
import { fileURLToPath } from 'node:url';
import { runBuild } from './run-build.ts';

const FOLDER = fileURLToPath(new URL('../../dist/functions', import.meta.url));

process.exitCode = await runBuild(FOLDER, process.stdout, process.stderr);
