import { renderCsv } from './csv.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import type { Report } from './report.ts';
import { renderText } from './text.ts';
import type { TextOptions } from './text-verdict.ts';

export const REPORT_FORMATS = ['text', 'html', 'json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Renders a report. The same report gives the same bytes; `options` matter to text alone. */
export function renderReport(report: Report, format: ReportFormat, options: TextOptions = {}): string {
  switch (format) {
    case 'text': return renderText(report, options);
    case 'html': return renderHtml(report);
    case 'json': return renderJson(report);
    case 'csv': return renderCsv(report);
  }
}
