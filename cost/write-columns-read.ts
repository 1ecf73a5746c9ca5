/** Writes cost/columns-read.json anew: `PAYMENTS_TEST_PYTHON=… npm run cost:columns`. */
import { writeFileSync } from 'node:fs';
import { analyzeColumnsRead } from './columns-read.ts';

const python = process.env.PAYMENTS_TEST_PYTHON;
if (!python) throw new Error('Set PAYMENTS_TEST_PYTHON to the Python that `npm run emulators` made.');
writeFileSync(new URL('columns-read.json', import.meta.url), `${JSON.stringify(analyzeColumnsRead(python), null, 1)}\n`);
