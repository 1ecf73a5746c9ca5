import { printable } from './printable.ts';

/** Markup that is safe to put into a page as it is. Made by `html` alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Markup | string | number | readonly Markup[];

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and in quoted attributes; controls and marks of writing direction become visible. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITY[character]!);
}

/** Template tag: whatever is put in is escaped, unless it is markup made by this tag. So nothing can be forgotten. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const written = values.map((value) => {
    if (value instanceof Markup) return value.text;
    return typeof value === 'object' ? value.map((markup) => markup.text).join('\n') : escaped(String(value));
  });
  return new Markup(String.raw({ raw: parts }, ...written));
}

/** No markup. */
export const nothing = new Markup('');

/** A text of ours in which commands stand between back-ticks: these as code. */
export function withCode(text: string): Markup {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return html`${text}`;
  return new Markup(parts.map((part, place) => (place % 2 === 0 ? escaped(part) : `<code>${escaped(part)}</code>`)).join(''));
}
