import type { SqlRow } from '../../functions/ports.ts';
import { counted } from '../../functions/figures.ts';
import { MOST_LINES } from '../limits.ts';
import { type Finding, unlessFaults } from '../result.ts';
import type { Published } from '../traffic/sent.ts';
import { named } from './judge-journal.ts';
import type { Line } from './lines.ts';
import { fault } from './naming.ts';

/** The archive holds each message under its id with its bytes. */
export function judgeArchive(published: readonly Published[], archived: readonly SqlRow[]): Finding {
  const of = Map.groupBy(archived, ({ message_id }) => String(message_id));
  const absent = published.filter(({ message_id }) => !of.has(message_id));
  const changed = published.filter(({ message_id, data_sha256 }) => of.get(message_id)?.some((row) => row.data_sha256 !== data_sha256));
  const faults = [
    ...fault(absent.map(named), 'message', 'is not in the raw archive', 'are not in the raw archive'),
    ...fault(changed.map(named), 'message', 'has other bytes in the raw archive than were published', 'have other bytes in the raw archive than were published'),
  ];
  return unlessFaults(faults, `${counted(published.length, 'message')}, byte for byte`);
}

/** Each message stands in one bucket, and in the one that it must. */
export function judgeDispositions(published: readonly Published[], found: readonly SqlRow[]): Finding {
  const of = Map.groupBy(found, ({ message_id }) => String(message_id));
  const astray = published.flatMap((one) => {
    const buckets = (of.get(one.message_id) ?? []).map(({ disposition }) => String(disposition));
    return buckets.length === 1 && buckets[0] === one.disposition ? [] : [`${named(one)} is ${buckets.join(' and ') || 'in none'}, not ${one.disposition}`];
  });
  const counts = [...Map.groupBy(published, ({ disposition }) => disposition)].map(([disposition, them]) => `${them.length} ${disposition}`);
  return unlessFaults(fault(astray, 'disposition', 'is wrong', 'are wrong'), counts.join(', '));
}

/** What holds no payment: its line names the fault, it did not come again and again, and is no dead letter. `parked` are hashes of dead letters that wait for people. */
export function judgeRejected(published: readonly Published[], lines: readonly Line[], parked: readonly string[]): Finding {
  const rejected = published.filter(({ outcome }) => outcome === 'rejected');
  const linesOf = ({ message_id }: Published) => lines.filter((line) => line.message_id === message_id);
  const faults = [
    ...fault(rejected.filter((one) => !linesOf(one).some((line) => line.faults.includes(one.fault!))).map((one) => `${named(one)} for ${one.fault}`), 'message', 'is not rejected for its fault', 'are not rejected for their faults'),
    ...fault(rejected.filter((one) => linesOf(one).length > MOST_LINES).map((one) => `${named(one)} ${linesOf(one).length} times`), 'rejected message', 'came again', 'came again'),
    ...fault(published.filter((one) => parked.includes(one.data_sha256) || lines.some((line) => line.is_dead_letter && line.data_sha256 === one.data_sha256)).map(named), 'message', 'is a dead letter', 'are dead letters'),
  ];
  return unlessFaults(faults, `${rejected.map(({ role, fault: code }) => `${role}: ${code}`).join(', ')}; none came again, none is a dead letter`);
}
