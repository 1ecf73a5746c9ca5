/**
 * Characters that act on a terminal: controls (C0 but tab and line feed, DEL, C1) and marks of writing direction. A carriage return
 * stays only before a line feed, as CSV has it.
 */
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n)/g;

/** A text as it may be printed, whatever stranger wrote it: characters that would act on the terminal are written as `\u001b`. */
export function terminalText(text: string): string {
  return text.replace(ACTING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
