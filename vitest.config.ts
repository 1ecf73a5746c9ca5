import { defineConfig } from 'vitest/config';

const report = process.env.VITEST_JSON_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/emulators/**', 'test/engine/**'], // vitest.emulators.config.ts, vitest.engine.config.ts
    testTimeout: 60_000,
    hookTimeout: 60_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
