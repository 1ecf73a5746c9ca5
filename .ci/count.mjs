// Sums vitest's JSON reports into the closing line: node count.mjs REPORT EXIT_CODE [REPORT EXIT_CODE …]
// Ends with 0 only where every run ended with 0 and nothing failed.
import { readFileSync } from 'node:fs';

/** Passed, failed and skipped of one run. What went wrong outside the tests (types, a suite that doesn't load, no report, no test) is one failed. */
function countRun(path, exitCode) {
  let report = null;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The run ended before it could write one.
  }
  const numbers = ['numPassedTests', 'numFailedTests', 'numPendingTests', 'numTodoTests'].map((name) => report?.[name]);
  if (!numbers.every(Number.isInteger)) return [0, 1, 0];
  const [passed, failed, pending, todo] = numbers;
  const outside = failed === 0 && (report.success !== true || exitCode !== '0' || passed === 0) ? 1 : 0;
  return [passed, failed + outside, pending + todo];
}

const runs = process.argv.slice(2);
const sums = [0, 0, 0];
for (let at = 0; at < runs.length; at += 2) countRun(runs[at], runs[at + 1]).forEach((count, index) => (sums[index] += count));
const [passed, failed, skipped] = sums;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
