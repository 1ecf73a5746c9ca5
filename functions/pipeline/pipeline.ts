import type { Settings } from '../config.ts';
import type { Claims, ClaimResult, Journal } from '../ports.ts';
import { decode, type Decoded } from './1-decode.ts';
import { judgeTime, type TimeJudgement } from './2-watermark.ts';
import { claim } from './3-claim.ts';
import { enrich } from './4-enrich.ts';
import { record } from './5-record.ts';
import type { JournalLine } from './journal-line.ts';
import type { Message } from './message.ts';
import type { Outcome } from './outcome.ts';

/** The two stores that a message passes. */
export interface PipelinePorts {
  readonly claims: Claims;
  readonly journal: Journal;
}

/**
 * A message's whole way, a batch at a time: decode → watermark → claim → enrich → record. Returns the lines when they are
 * durable; then, and only then, may the messages be acknowledged. At most one call to each port.
 */
export async function processBatch(messages: readonly Message[], ports: PipelinePorts, settings: Settings): Promise<readonly JournalLine[]> {
  return finishBatch(prepareBatch(messages, settings), ports, settings);
}

/** A message decoded and judged: all that can be known before a store is asked. */
export interface Prepared {
  readonly decoded: Decoded;
  readonly time: TimeJudgement | null;
  /** On time and not a dead letter: the payment wants a claim. */
  readonly wants_claim: boolean;
}

/** The pure first half: decode and watermark. */
export function prepareBatch(messages: readonly Message[], settings: Settings): Prepared[] {
  return messages.map((message) => {
    const decoded = decode(message, settings);
    const time = decoded.payment ? judgeTime(decoded.payment, message, settings) : null;
    return { decoded, time, wants_claim: time !== null && !time.late && message.dead_letter_published_at === null };
  });
}

/** The second half: claim, enrich, record. */
export async function finishBatch(batch: readonly Prepared[], ports: PipelinePorts, settings: Settings): Promise<readonly JournalLine[]> {
  const wanted = batch.filter((one) => one.wants_claim).map(({ decoded }) => ({ message: decoded.message, payment: decoded.payment! }));
  const results = await claim(wanted, ports.claims, settings);
  let next = 0;
  const lines = batch.map((one) => lineFor(one, one.wants_claim ? results[next++] : null));
  await record(lines, ports.journal);
  return lines;
}

function lineFor({ decoded, time }: Prepared, result: ClaimResult | null): JournalLine {
  const { message, payment, faults, readable_transaction_id, payload } = decoded;
  const enriched = payment ? enrich(payment, time!.clock_skew) : null;
  return {
    message,
    outcome: outcomeOf(decoded, time, result),
    claim_owner: result && result.result !== 'claimed' ? result.owner : null,
    payment,
    fraud: enriched?.fraud ?? null,
    flags: enriched?.flags ?? (message.clock_skew ? ['clock_skew'] : []),
    faults,
    readable_transaction_id,
    payload,
  };
}

function outcomeOf({ message, payment }: Decoded, time: TimeJudgement | null, result: ClaimResult | null): Outcome {
  if (!payment) return 'rejected';
  if (message.dead_letter_published_at !== null) return 'dead_lettered';
  if (time!.late) return 'late';
  return result!.result === 'claimed' ? 'recorded' : result!.result;
}
