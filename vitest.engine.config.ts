import { defineConfig } from 'vitest/config';

const report = process.env.VITEST_JSON_REPORT;

/** The Pulumi program on Pulumi's own engine: `npm run test:engine` finds the command, or builds it. */
export default defineConfig({
  test: {
    include: ['test/engine/**/*.test.ts'],
    globalSetup: ['test/engine/built-functions.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
