import { html, type Markup } from './html-markup.ts';

/** A column: its title, and whether its cells are figures (set to the right). */
export interface HtmlColumn {
  readonly title: string;
  readonly figures?: boolean;
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
<thead><tr>${columns.map((column) => (column.figures ? html`<th scope="col" class="figure">${column.title}</th>` : html`<th scope="col">${column.title}</th>`))}</tr></thead>
<tbody>
${rows.map((row) => htmlRow(columns, row))}
</tbody></table></div>`;
}

function htmlRow(columns: readonly HtmlColumn[], { cells, sum }: HtmlRow): Markup {
  const written = cells.map((cell, index) => {
    if (index === 0) return html`<th scope="row">${cell}</th>`;
    return columns[index]!.figures ? html`<td class="figure">${cell}</td>` : html`<td>${cell}</td>`;
  });
  return sum ? html`<tr class="sum">${written}</tr>` : html`<tr>${written}</tr>`;
}

/** A part of the page under a heading that the navigation leads to. */
export function htmlSection(id: string, title: string, content: readonly Markup[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}
