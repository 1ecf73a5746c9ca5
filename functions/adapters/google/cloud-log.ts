import { formatMicros } from '../../payment/time.ts';
import type { Clock, Log, LogSeverity } from '../../ports.ts';
import type { Trace } from './trace-context.ts';

type Fields = Parameters<Log['write']>[2];

export interface CloudLogOptions {
  readonly project: string;
  readonly clock: Clock;
  /** On every line, as labels: few values each, so that metrics can be made of them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Takes one line, its end included. */
  readonly output: (line: string) => void;
}

/** A log that can speak for one request. */
export interface CloudLog extends Log {
  /** The same log, its lines under a request's trace. */
  under(trace: Trace | null): Log;
}

/** Characters of a message or a field. Prevents a text from outside from filling the log. */
const MAX_TEXT_LENGTH = 300;

/**
 * One line of JSON for each entry, with the names that Cloud Logging looks for: a line feed or another control character in a text can't
 * begin a line of its own. A field can't take the place of one of these names.
 * https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields
 */
export function cloudLog({ project, clock, labels, output }: CloudLogOptions): CloudLog {
  const write = (trace: Trace | null, severity: LogSeverity, message: string, fields: Fields) => {
    const entry = {
      ...shortened(fields),
      severity,
      message: short(message),
      time: formatMicros(clock.now()),
      'logging.googleapis.com/labels': labels,
      ...(trace ? { 'logging.googleapis.com/trace': `projects/${project}/traces/${trace.trace_id}` } : {}),
      ...(trace?.span_id ? { 'logging.googleapis.com/spanId': trace.span_id } : {}),
    };
    output(`${JSON.stringify(entry)}\n`);
  };
  return {
    write: (severity, message, fields) => write(null, severity, message, fields),
    under: (trace) => ({ write: (severity, message, fields) => write(trace, severity, message, fields) }),
  };
}

function shortened(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, typeof value === 'string' ? short(value) : value]));
}

function short(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH).toWellFormed()}…`;
}
