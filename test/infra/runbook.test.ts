import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readStackConfiguration } from '../../infra/configuration.ts';
import { alertsOf } from '../../infra/monitoring/alerts.ts';
import { readDocument, tableRows } from '../docs/markdown.ts';
import { configurationIn } from './recorded-stack.ts';

const alerts = alertsOf(readStackConfiguration(configurationIn('Pulumi.prod.yaml')));

test('the runbook lists every alert with its page and severity, and no other', () => {
  const listed = tableRows(readDocument('docs/runbook.md')).map(([alert, severity]) => `${alert} ${severity}`);
  expect(listed.sort()).toEqual(alerts.map(({ id, title, severity }) => `[${title}](runbooks/${id}.md) ${severity}`).sort());
});

test('every page is an alert\'s, under its title', () => {
  const pages = globSync('docs/runbooks/*.md', { cwd: new URL('../../', import.meta.url) });
  expect(pages.map((page) => page.replace(/^.*\/|\.md$/g, '')).sort()).toEqual(alerts.map(({ id }) => id).sort());
  for (const { id, title } of alerts) expect(readFileSync(new URL(`../../docs/runbooks/${id}.md`, import.meta.url), 'utf8').split('\n')[0]).toBe(`# ${title}`);
});
