import type { TextOptions } from './text-verdict.ts';

/** A heading of the short report: at the left edge, bold where colours are shown. */
export function shortHeading(title: string, { color = false }: TextOptions): string {
  return color ? `\u001b[1m${title}\u001b[0m` : title;
}
