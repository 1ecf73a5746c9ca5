import { Markup } from './html-markup.ts';

/**
 * The one style sheet, inside the file. Contrast of text is at least 7:1 in both schemes, borders 3:1; colour only repeats what words say.
 * On paper: black on white, rows and headings kept together, links without colour, no navigation.
 */
export const STYLE = new Markup(`<style>
:root { color-scheme: light dark; --text: #1a1a1a; --page: #ffffff; --soft: #f1f3f5; --line: #767676; --good: #0b4f24; --bad: #8a0f0f; --wait: #5c3d00; --link: #003a8c; }
@media (prefers-color-scheme: dark) { :root { --text: #ececec; --page: #14171a; --soft: #22272b; --line: #8c959d; --good: #8fe0aa; --bad: #ffb3ab; --wait: #ffd58a; --link: #a9cbff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
a { color: var(--link); }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; overflow-wrap: anywhere; }
p, li, th, td { overflow-wrap: break-word; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0; padding: 0; }
code { background: var(--soft); padding: 0 .2em; }
.verdict { border: 2px solid currentColor; border-radius: .25rem; padding: .75rem 1rem; background: var(--soft); }
.verdict p { margin: .25rem 0; color: var(--text); }
.verdict p.answer { font-size: 1.25rem; font-weight: 700; color: inherit; }
.reconciled, .yes { color: var(--good); }
.breaks, .incomplete, .error, .no { color: var(--bad); }
.pending, .not_reconciled, .warning { color: var(--wait); }
.error, .warning, .no { font-weight: 700; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th.text, td.text { min-width: 12rem; overflow-wrap: anywhere; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
td.figure, th.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
tr.sum > * { font-weight: 700; border-top-width: 2px; }
article { border-left: 3px solid var(--line); padding-left: .75rem; margin: 1rem 0; }
article:target { background: var(--soft); }
@media print {
  :root { --text: #000000; --page: #ffffff; --soft: #ffffff; --good: #000000; --bad: #000000; --wait: #000000; --link: #000000; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; }
  .scroll { overflow: visible; }
  th.text, td.text { min-width: 6rem; }
  h2, h3, caption { break-after: avoid; }
  tr, article, .verdict { break-inside: avoid; }
  thead { display: table-header-group; }
}
</style>`);
