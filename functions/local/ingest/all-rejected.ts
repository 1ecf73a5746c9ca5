import { counted, grouped } from '../../figures.ts';
import type { Settings } from '../../config.ts';
import { ALL_REJECTED_AFTER } from '../../limits.ts';
import type { Fault } from '../../payment/fault.ts';
import { type Prepared, prepareBatch } from '../../pipeline/pipeline.ts';
import type { FileMessages } from '../../adapters/embedded/file-messages.ts';
import { EXIT, Failure } from '../../failure.ts';
import { formFix, type JsonForm, jsonForm } from '../json-form.ts';

/** Faults shown when a file is refused. */
const FAULTS_SHOWN = 3;
const IS_IT_PAYMENTS = 'Is it a payments file? `payments check FILE` shows more, `payments convert` turns other formats into payments, --accept-all takes it as it is.';

/** A source that was looked at and refused: nothing of it is in the books. */
export class RefusedSource extends Failure {}

/**
 * Refuses a file whose first messages are all rejected: it is the wrong file or in another format, not an hour of rejects. So it does an
 * array over lines: its last message, which no comma follows, would be taken, and the others rejected.
 * Reads only; throws `RefusedSource` (exit 3) with the commonest faults and an example of each.
 */
export async function refuseIfAllRejected(messages: FileMessages, source: string, settings: Settings): Promise<void> {
  const prepared = await rejectedAtFirst(messages, settings);
  await messages.close();
  if (prepared === null) return;
  if (prepared.length === 0) throw new RefusedSource(EXIT.unusable, `${source} is empty: it holds no message.`, 'Give a file with a message on each line.');
  const rejected = prepared.filter((one) => one.decoded.payment === null);
  const faults = prepared.flatMap((one) => one.decoded.faults.slice(0, 1).map((fault) => ({ fault, line: one.decoded.message.line_number })));
  const shown = commonest(faults)
    .map(({ fault, line, count }) => `  ${grouped(count)} × ${fault.code}, first in line ${line}: ${fault.field ? `${fault.field}: ` : ''}found ${fault.found}. ${fault.fix}`)
    .join('\n');
  throw new RefusedSource(
    EXIT.unusable,
    `${whichAre(rejected.length, prepared.length, source)} rejected, so nothing was written.\n${shown}`,
    formFix(formOf(prepared)) ?? IS_IT_PAYMENTS,
  );
}

/** The first messages where all of them are rejected, or open an array over lines; null where one is a payment. */
async function rejectedAtFirst(messages: FileMessages, settings: Settings): Promise<Prepared[] | null> {
  const looked: Prepared[] = [];
  // A batch ends at a midnight, too, so one may not be all.
  for (let batch = await messages.next(ALL_REJECTED_AFTER); batch; batch = await messages.next(ALL_REJECTED_AFTER - looked.length)) {
    looked.push(...prepareBatch(batch.messages, settings));
    if (formOf(looked) === 'array over lines') return looked;
    if (looked.some((one) => one.decoded.payment)) return null;
    if (looked.length >= ALL_REJECTED_AFTER) break;
  }
  return looked;
}

function whichAre(rejected: number, looked: number, source: string): string {
  if (looked === 1) return `The only message of ${source} is`;
  return rejected === looked ? `All of the first ${counted(looked, 'message')} of ${source} are` : `${grouped(rejected)} of the first ${counted(looked, 'message')} of ${source} are`;
}

function formOf(prepared: readonly Prepared[]): JsonForm {
  const first = prepared.at(0);
  return first === undefined ? 'other' : jsonForm(first.decoded.message);
}

function commonest(faults: readonly { fault: Fault; line: number | null }[]): { fault: Fault; line: number | null; count: number }[] {
  const byCode = new Map<string, { fault: Fault; line: number | null; count: number }>();
  for (const one of faults) {
    const known = byCode.get(one.fault.code);
    if (known) known.count += 1;
    else byCode.set(one.fault.code, { ...one, count: 1 });
  }
  return [...byCode.values()].sort((a, b) => b.count - a.count).slice(0, FAULTS_SHOWN);
}
