import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument, ROOT } from './markdown.ts';

const DOCUMENTS = ['README.md', 'DEVELOPERS.md', ...globSync('docs/*.md', { cwd: ROOT })].sort();

/** Where a document's relative links lead, from the root. */
function links(document: string): { target: string; anchor: string }[] {
  return [...withoutCode(readDocument(document)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor = ''] = link.split('#');
      return { target: path === '' ? document : join(dirname(document), path!), anchor };
    });
}

/** Files and folders of this project that a document names in back ticks or in a block. */
function namedFiles(document: string): string[] {
  const rooted = /(?<![\w/.-])((?:functions|sql|docs|test|bench|\.ci)\/[\w./-]*)/g;
  return [...readDocument(document).matchAll(rooted)].map(([, path]) => path!.replace(/[.]$/, ''));
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Headings as GitHub makes anchors of them. */
function anchors(document: string): string[] {
  return [...readDocument(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('has links that lead somewhere', () => {
    const broken = links(document).filter(({ target, anchor }) => !existsSync(join(ROOT, target)) || (anchor !== '' && target.endsWith('.md') && !anchors(target).includes(anchor)));
    expect(broken).toEqual([]);
  });

  test('names files that exist', () => {
    const wrong = namedFiles(document).filter((path) => !existsSync(join(ROOT, path)) || (path.endsWith('/') && !statSync(join(ROOT, path)).isDirectory()));
    expect(wrong).toEqual([]);
  });
});

test('the README stays short', () => expect(readDocument('README.md').split('\n').length).toBeLessThanOrEqual(200));

test('every document is reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const document of reached) for (const { target } of links(document)) if (target.endsWith('.md') && existsSync(join(ROOT, target))) reached.add(target);
  expect(DOCUMENTS.filter((document) => !reached.has(document))).toEqual([]);
});
