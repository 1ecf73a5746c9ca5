/**
 * The bare floor, in a process of its own: read, parse, check, a Map of all ids, write. No durability, no restart, no
 * archive, no ledger: what Node alone can do with the same file. Prints one line of JSON.
 */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { cpuSeconds, peakMemory, wallSeconds } from './measure.ts';

const [file, out] = process.argv.slice(2);
const started = { wall: wallSeconds(), cpu: cpuSeconds() };
const seen = new Map<string, string>();
const output = openSync(out, 'w');
let messages = 0;
let buffer = '';
for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 20 }) })) {
  if (line === '') continue;
  messages += 1;
  try {
    const envelope = JSON.parse(line);
    const payment = envelope.message ? JSON.parse(Buffer.from(envelope.message.data, 'base64').toString()) : envelope;
    const { transaction_id, amount, currency, event_time } = payment;
    if (typeof transaction_id !== 'string' || !/^\d+(\.\d+)?$/.test(amount) || currency?.length !== 3 || Number.isNaN(Date.parse(event_time))) continue;
    const known = seen.get(transaction_id);
    if (known === undefined) {
      seen.set(transaction_id, amount);
      buffer += `${transaction_id},${amount},${currency}\n`;
      if (buffer.length > 1 << 20) {
        writeSync(output, buffer);
        buffer = '';
      }
    }
  } catch {
    continue; // malformed: the floor drops it
  }
}
writeSync(output, buffer);
closeSync(output);
console.log(JSON.stringify({ messages, wall: wallSeconds() - started.wall, cpu: cpuSeconds() - started.cpu, peak_mib: peakMemory() }));
