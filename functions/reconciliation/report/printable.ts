/**
 * Characters that would act on a terminal or hide what is written: controls (C0, C1, DEL), line and paragraph separators, marks of
 * writing direction, zero-width and invisible characters, tags, and halves of surrogate pairs.
 */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

/** The text with such characters written as `\u001b`, so that ids of strangers can be shown as they are. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
  });
}

/** A time of a report as people read it: `2026-01-31 23:59:59 UTC`, without the fraction of the second. */
export function readableTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
