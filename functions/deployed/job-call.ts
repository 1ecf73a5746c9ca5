import type { Request } from '@google-cloud/functions-framework';
import type { Answer } from './answer.ts';

/** Who called a scheduled function, and what for. */
export interface JobCall {
  /** The scheduler's job; the function's own name where a person calls. */
  readonly job: string;
  /** When the job was to run, as the scheduler wrote it; null where a person calls. */
  readonly schedule_time: string | null;
  /** What was asked for, in the query or as a JSON object of texts in the body; the query goes first. */
  readonly asked: Readonly<Record<string, string>>;
}

/** Bytes of a job's body. Prevents anything but a few words from being read. */
export const MAX_JOB_BODY_BYTES = 4_096;

const JOB_NAME = /^[A-Za-z0-9_-]{1,500}$/;
const SCHEDULE_TIME = /^[\d:.+TZ-]{1,40}$/;

/**
 * Reads the call of a scheduled function. Cloud Scheduler names itself in headers, the same ones on a repeated call.
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#HttpTarget
 */
export function readJobCall(request: Request, function_name: string): JobCall | Answer {
  if ((request.rawBody?.length ?? 0) > MAX_JOB_BODY_BYTES) return { status: 413 };
  const body = textsOf(request.rawBody);
  if (body === null) return { status: 400, body: { error: 'the body must be empty, or a JSON object of texts' } };
  return {
    job: matching(request.headers['x-cloudscheduler-jobname'], JOB_NAME) ?? function_name,
    schedule_time: matching(request.headers['x-cloudscheduler-scheduletime'], SCHEDULE_TIME),
    asked: { ...body, ...Object.fromEntries(new URL(request.url, 'http://function').searchParams) },
  };
}

/** The answer to a call, not the call. */
export function isAnswer(read: JobCall | Answer): read is Answer {
  return 'status' in read;
}

function matching(header: string | string[] | undefined, pattern: RegExp): string | null {
  return typeof header === 'string' && pattern.test(header) ? header : null;
}

function textsOf(body: Uint8Array | undefined): Record<string, string> | null {
  if (body === undefined || body.length === 0) return {};
  try {
    const read: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
    const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
    return isObject && Object.values(read).every((value) => typeof value === 'string') ? (read as Record<string, string>) : null;
  } catch {
    return null;
  }
}
