import { counted } from '../functions/figures.ts';
import type { Terminal } from '../functions/local/terminal.ts';
import { isAllRight, type Result, type SmokeResult } from './result.ts';

const MARKS: Readonly<Record<Result['result'], string>> = { ok: 'ok      ', failed: 'FAILED  ', skipped: 'skipped ' };

/** Shows the result: a line for each fact and check, what to do where one failed, and a sentence in the end. */
export function showResult(terminal: Terminal, smoked: SmokeResult): void {
  terminal.endProgress();
  const { results, notes, ...run } = smoked;
  if (terminal.json) return terminal.printJson({ ...run, all_right: isAllRight(smoked), results, notes });
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, result, found, next } of results) {
    terminal.print(`${MARKS[result]}${name.padEnd(width)}  ${found}`);
    if (next !== null) terminal.print(`${' '.repeat(MARKS.failed.length + width)}  → ${next}`);
  }
  terminal.print('');
  for (const note of notes) terminal.print(note);
  terminal.print(conclusion(smoked));
}

function conclusion({ results, run, project, messages, payments }: SmokeResult): string {
  const of = (result: Result['result']) => results.filter((one) => one.result === result).length;
  const counts = `${of('ok')} right, ${of('failed')} wrong, ${of('skipped')} skipped`;
  return `Run ${run} on ${project}: ${counted(messages, 'message')} published, with ${counted(payments, 'payment')}. ${counts}.`;
}
