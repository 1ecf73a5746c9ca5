import { expect, test } from 'vitest';
import type { Reports } from '../../functions/ports.ts';

/** What every store of reports must do. `open` gives an empty one; `read` what stands under a name, or null. */
export function reportsContract(open: () => Promise<{ reports: Reports; read: (name: string) => Promise<string | null>; close: () => Promise<void> }>): void {
  const HTML = 'text/html; charset=utf-8';

  async function inOpened(work: (opened: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
    const opened = await open();
    try {
      await work(opened);
    } finally {
      await opened.close();
    }
  }

  test.each([
    ['a report', 'report.html', '<p>10.50 EUR</p>'],
    ['one in folders', '2026-01-31/day/payments-report.json', '{}\n'],
    ['no content', 'empty.csv', ''],
    ['every script', 'texts.html', 'Ä€😀\u0000\r\n--boundary\r\n\r\n\u2028'],
    ['a long one', 'long.csv', 'a,b\r\n'.repeat(400_000)],
  ])('keeps %s as it is, and says where', (_name, name, content) => inOpened(async ({ reports, read }) => {
    const where = await reports.publish(name, content, HTML);
    expect(where.endsWith(`/${name}`)).toBe(true);
    expect(await read(name)).toBe(content);
  }));

  test('a name that comes again with the same content is the same report', () => inOpened(async ({ reports, read }) => {
    const where = await reports.publish('a.html', 'first', HTML);
    expect(await reports.publish('a.html', 'first', HTML)).toBe(where);
    expect(await read('a.html')).toBe('first');
  }));

  test('with other content it is refused, and what was there stays', () => inOpened(async ({ reports, read }) => {
    await reports.publish('a.html', 'first, and long', HTML);
    await reports.publish('b.html', 'other', HTML);
    await expect(reports.publish('a.html', 'second', HTML)).rejects.toThrow();
    expect([await read('a.html'), await read('b.html')]).toEqual(['first, and long', 'other']);
  }));

  test('published at once, each is whole, and one has the name', () => inOpened(async ({ reports, read }) => {
    const contents = ['1', '2', '3'].map((digit) => digit.repeat(300_000));
    const same = await Promise.allSettled(contents.map((content) => reports.publish('same.html', content, HTML)));
    await Promise.all(contents.map((content, place) => reports.publish(`${place}.html`, content, HTML)));
    expect(same.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(contents).toContain(await read('same.html'));
    for (const [place, content] of contents.entries()) expect(await read(`${place}.html`)).toBe(content);
  }));

  test.each(['', '/', '/etc/report.html', '../report.html', 'a/../../b.html', 'a//b.html', 'a/', '.hidden', 'a/.b', 'a b.html', 'a\\b.html', 'a\u0000.html', 'ä.html', 'x'.repeat(201)])('refuses the name %j', (name) => inOpened(async ({ reports }) => {
    await expect(reports.publish(name, '', HTML)).rejects.toThrow(RangeError);
  }));
}
