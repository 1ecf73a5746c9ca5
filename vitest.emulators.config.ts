import { defineConfig } from 'vitest/config';

const report = process.env.VITEST_JSON_REPORT;

/** What runs on Google's emulators: `npm run test:emulators` starts them and sets their addresses. */
export default defineConfig({
  test: {
    include: ['test/emulators/**/*.test.ts'],
    fileParallelism: false, // one emulator of BigQuery for all: its gRPC and its HTTP may not be busy at once (journal-grpc-rows.test.ts)
    testTimeout: 120_000,
    hookTimeout: 120_000,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
