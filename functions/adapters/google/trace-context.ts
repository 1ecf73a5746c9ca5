import type { IncomingHttpHeaders } from 'node:http';

/** Which request of a trace something belongs to. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly trace_id: string;
  /** 16 hexadecimal digits. */
  readonly span_id: string | null;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;
/** The span is a decimal number here. https://cloud.google.com/trace/docs/trace-context#legacy-http-header */
const LEGACY = /^([\da-f]{32})(?:\/(\d{1,20}))?(?:;o=\d)?$/i;

/** The trace that a request's headers name, or null. */
export function traceOf(headers: IncomingHttpHeaders): Trace | null {
  const standard = TRACEPARENT.exec(headers.traceparent?.toString() ?? '');
  if (standard) return { trace_id: standard[1], span_id: standard[2] };
  const legacy = LEGACY.exec(headers['x-cloud-trace-context']?.toString() ?? '');
  if (!legacy) return null;
  return { trace_id: legacy[1].toLowerCase(), span_id: legacy[2] === undefined ? null : spanOf(legacy[2]) };
}

/** A span's decimal number in 16 hexadecimal digits; null above 64 bits. */
function spanOf(decimal: string): string | null {
  const hexadecimal = BigInt(decimal).toString(16);
  return hexadecimal.length > 16 ? null : hexadecimal.padStart(16, '0');
}
