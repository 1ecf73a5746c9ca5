import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyText } from './any-text.ts';
import { renderHtml } from '../../../functions/reconciliation/report/html.ts';
import { escaped, html, withCode } from '../../../functions/reconciliation/report/html-markup.ts';
import { STYLE } from '../../../functions/reconciliation/report/html-style.ts';
import { buildReport } from '../../../functions/reconciliation/report/report.ts';
import { at, type TestBooks } from './books-fixture.ts';
import { sampleBooks } from './sample.ts';

let books: TestBooks;
let page: string;
beforeAll(async () => {
  books = await sampleBooks();
  page = renderHtml(await buildReport(books, { date: null, now: at('2026-02-01T00:00:00Z') }));
});
afterAll(() => books.close());

const VOID = new Set(['meta', 'br', '!doctype']);

/** Tags that are opened and not closed in order. */
function unbalanced(source: string): string[] {
  const open: string[] = [];
  for (const [, closing, tag] of source.matchAll(/<(\/?)([!a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*>/g)) {
    const name = tag!.toLowerCase();
    if (VOID.has(name)) continue;
    if (closing === '') open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}

describe('the page', () => {
  it('is balanced, and every < in it begins a tag', () => {
    const withoutStyle = page.replace(/<style>[^]*?<\/style>/, '');
    expect(unbalanced(withoutStyle)).toEqual([]);
    expect(withoutStyle.match(/</g)!.length).toBe([...withoutStyle.matchAll(/<(\/?)([!a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*>/g)].length);
  });

  it('escapes what strangers wrote', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('=1+1&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\\u001b[31m');
  });

  it('loads nothing from anywhere', () => {
    expect(page).not.toMatch(/\b(src|srcset)=|href="(?!#)|url\(|@import|\son[a-z]+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
  });

  it('gives the verdict first, in words', () => {
    const text = page.slice(page.indexOf('<body>')).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text.slice(0, 120)).toContain('Payments report, all booking days Verdict: breaks. The money does not tie out in JPY.');
    expect(page).toContain('<title>Payments report, all booking days: breaks</title>');
  });

  it('has a language, one h1, headings in order, and links that lead somewhere', () => {
    expect(page).toContain('<html lang="en">');
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, place) => expect(level - levels[place]!).toBeLessThanOrEqual(1));
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, target] of page.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(target);
  });

  it('gives every table a caption and every title a scope', () => {
    const tables = page.match(/<table>[^]*?<\/table>/g)!;
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      expect(table).toMatch(/<caption>[^<]+<\/caption>/);
      expect(table.match(/<th\b/g)!.length).toBe(table.match(/<th scope="(col|row)"/g)!.length);
      const columns = table.match(/scope="col"/g)!.length;
      for (const row of table.slice(table.indexOf('<tbody>')).match(/<tr\b[^]*?<\/tr>/g)!) expect(row.match(/<t[hd]\b/g)!.length).toBe(columns);
    }
  });

  it('has an anchor for each break', () => {
    expect([...page.matchAll(/<article id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      'break-conflict_open-1', 'break-missing_message-1', 'break-rejected_unresolved-0', 'break-rejected_unresolved-1', 'break-rejected_unresolved-2',
    ]);
  });
});

describe('text put into markup', () => {
  it('never opens a tag or ends an attribute', () => {
    fc.assert(fc.property(anyText, (text) => {
      expect(escaped(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${escaped(text)}">${escaped(text)}</p>`);
    }));
  });
  it('shows commands as code, and nothing as markup', () => {
    expect(withCode('Run `a <b>`, then `c`.').text).toBe('Run <code>a &lt;b&gt;</code>, then <code>c</code>.');
    expect(withCode('<b> ` alone').text).toBe('&lt;b&gt; ` alone');
  });
  it('leaves markup as it is', () => expect(html`<ul>${[html`<li>${1}</li>`, html`<li>${'<'}</li>`]}</ul>`.text).toBe('<ul><li>1</li>\n<li>&lt;</li></ul>'));
});

describe('colours', () => {
  const schemes = [...STYLE.text.matchAll(/:root \{([^}]*)\}/g)].map(([, rules]) => Object.fromEntries([...rules!.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color])));

  /** Contrast of two colours by WCAG 2.2, 1 to 21. */
  function contrast(one: string, other: string): number {
    const [low, high] = [one, other].map(luminance).sort((left, right) => left - right) as [number, number];
    return (high + 0.05) / (low + 0.05);
  }

  function luminance(color: string): number {
    const [red, green, blue] = [1, 3, 5].map((place) => parseInt(color.slice(place, place + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  it('are strong enough in light, dark and print', () => {
    expect(schemes).toHaveLength(3);
    for (const scheme of schemes) {
      for (const name of ['text', 'good', 'bad', 'wait', 'link'] as const) {
        for (const ground of ['page', 'soft'] as const) expect(contrast(scheme[name]!, scheme[ground]!), `${name} on ${ground}`).toBeGreaterThanOrEqual(7);
      }
      if (scheme.line !== undefined) expect(contrast(scheme.line, scheme.page!)).toBeGreaterThanOrEqual(3);
    }
  });
});
