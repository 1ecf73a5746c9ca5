import { html, type Markup, nothing } from './html-markup.ts';

/** A column: its title, and what its cells are: figures (set to the right) or texts (wide, and broken anywhere where they are too long). */
export interface HtmlColumn {
  readonly title: string;
  readonly figures?: boolean;
  readonly text?: boolean;
}

/** A row: its cells, the first of which names it; `sum` sets it off. */
export interface HtmlRow {
  readonly cells: readonly (string | Markup)[];
  readonly sum?: boolean;
}

/** A table with a caption, titles with scope, and a name in the first cell of every row. Scrolls by itself where it is too wide, also by keyboard. */
export function htmlTable(caption: string, columns: readonly HtmlColumn[], rows: readonly HtmlRow[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => htmlRow(columns, row))}
</tbody></table></div>`;
}

function htmlRow(columns: readonly HtmlColumn[], { cells, sum }: HtmlRow): Markup {
  const written = cells.map((cell, index) => {
    const column = columns[index]!;
    return index === 0 ? html`<th scope="row"${classOf(column)}>${cell}</th>` : html`<td${classOf(column)}>${cell}</td>`;
  });
  return sum ? html`<tr class="sum">${written}</tr>` : html`<tr>${written}</tr>`;
}

function classOf({ figures, text }: HtmlColumn): Markup {
  return figures ? html` class="figure"` : text ? html` class="text"` : nothing;
}

/** A part of the page under a heading that the navigation leads to. */
export function htmlSection(id: string, title: string, content: readonly Markup[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}
