import { formatMicros, type Micros } from '../payment/time.ts';
import type { Books, Clock, Log, Reports } from '../ports.ts';
import { lastClosedDay } from '../reconciliation/report/last-closed-day.ts';
import { type ReportFormat, renderReport } from '../reconciliation/report/render.ts';
import { buildReport } from '../reconciliation/report/report.ts';
import type { Answer } from './answer.ts';

export interface ReportJob {
  readonly books: Books;
  readonly clock: Clock;
  readonly reports: Reports;
}

/** Each form in which a day's report is kept, under its content type. */
export const PUBLISHED_FORMATS: readonly (readonly [Exclude<ReportFormat, 'text'>, string])[] = [
  ['html', 'text/html; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['csv', 'text/csv; charset=utf-8'],
];

/** Where a day's report is kept, by when it was published: 2026-01-31/payments-report-20260201T060500Z.html. None is ever replaced; the last of a day has the proof as it was last. */
export function reportName(date: string, published_at: Micros, format: ReportFormat): string {
  const second = formatMicros(published_at).slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replaceAll(/[-:]/g, '');
  return `${date}/payments-report-${second}Z.${format}`;
}

/** Publishes the report of the last day that is over, or of the day that was asked for. Again: further reports, with the proof as it is by then. */
export async function reportJob({ books, clock, reports }: ReportJob, asked: Readonly<Record<string, string>>, log: Log): Promise<Answer> {
  const date = asked.date ?? (await lastClosedDay(books));
  if (date === null) return { status: 200, body: { date, published: [], why: 'no booking day is over yet' } };
  const now = clock.now();
  const report = await buildReport(books, { date, now }).catch((error: unknown) => {
    if (error instanceof RangeError) return null;
    throw error;
  });
  if (report === null) return { status: 400, body: { error: 'date must be a day of the calendar, written YYYY-MM-DD' } };
  const published: string[] = [];
  for (const [format, contentType] of PUBLISHED_FORMATS) published.push(await reports.publish(reportName(date, now, format), renderReport(report, format), contentType));
  log.write('INFO', 'report published', { date, verdict: report.verdict.verdict });
  return { status: 200, body: { date, verdict: report.verdict.verdict, published } };
}
