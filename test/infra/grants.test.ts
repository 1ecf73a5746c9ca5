import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BOOK_NAMES } from '../../functions/adapters/google/bigquery-names.ts';
import { views } from '../../functions/adapters/google/bigquery-schema.ts';
import { readStackConfiguration } from '../../infra/configuration.ts';
import { type Grant, grantLine } from '../../infra/grant.ts';
import { type Grants, grantsOf } from '../../infra/grants.ts';
import { OWN_ROLES } from '../../infra/roles.ts';
import { JOB_TABLES } from '../../infra/table-access.ts';
import { booksPlace } from '../../infra/tables.ts';
import { configurationIn } from './recorded-stack.ts';

const PROD = { ...configurationIn('Pulumi.prod.yaml'), 'payments:customer_managed_keys': 'true' };
const granted = grantsOf(readStackConfiguration(PROD));
const all: readonly Grant[] = Object.values(granted).flat();

test('the list of every grant, to be read when it changes', async () => {
  const list = (Object.keys(granted) as (keyof Grants)[]).flatMap((stage) => [`# ${stage}`, ...granted[stage].map(grantLine), '']);
  await expect(`${list.join('\n')}`).toMatchFileSnapshot('grants.txt');
});

describe('no grant', () => {
  const rules: [string, (grant: Grant) => boolean][] = [
    ['is to everybody', ({ to }) => /allUsers|allAuthenticatedUsers|^domain:/.test(to)],
    ['is of a primitive role', ({ role }) => /^roles\/(owner|editor|viewer)$/.test(role)],
    ['is of an administrator\'s role', ({ role }) => /[aA]dmin$/.test(role)],
    ['is on the project where something narrower can be named', ({ role, target }) => target.on === 'project' && !target.condition && /pubsub\.(publisher|subscriber|editor)|bigquery\.data|storage\.|datastore\.|run\.|iam\.|cloudkms|artifactregistry/.test(role)],
    ['lets a function append to the ledger that is no posting', ({ to, role, target }) => target.on === 'table' && target.name === 'payment_transactions' && /Append|Editor|Owner/.test(role) && !/payments-(post-ledger|sweep-late)@/.test(to)],
    ['lets a function append to the journal that takes no messages in', ({ to, role, target }) => target.on === 'table' && target.name === 'payment_journal' && /Append|Editor|Owner/.test(role) && !/payments-(process-payment|process-redrive|keep-dead-letter)@/.test(to)],
    ['lets what takes messages in run a statement, or read', ({ to, role }) => /payments-(process-payment|process-redrive|keep-dead-letter)@/.test(to) && /jobUser|dataViewer|dataEditor|dataOwner/.test(role)],
    ['lets anybody but the reconciliation and operators publish where redrive_of is believed', ({ to, role, target }) => target.on === 'topic' && target.name === 'payments-redrive' && /publisher/.test(role) && !/payments-reconcile@|^group:payment-operators@/.test(to)],
    ['lets finance see the journal or the archive', ({ to, target }) => to === 'group:finance@example.com' && (target.on === 'books' || target.on === 'table')],
  ];
  test.each(rules)('%s', (_name, broken) => expect(all.filter(broken).map(grantLine)).toEqual([]));
});

test('none is made twice', () => {
  const lines = all.map(grantLine);
  expect(new Set(lines).size).toBe(lines.length);
});

test('roles of our own can\'t change or delete what they add', () => {
  const permissions = [...OWN_ROLES.append.permissions, ...OWN_ROLES.claim.permissions];
  expect(permissions.filter((permission) => /delete|entities\.update|jobs\.create|getData|setIamPolicy/.test(permission))).toEqual([]);
});

describe('a job may read and append to the tables that its statements name, and to no other', () => {
  const audit = ['jobs/audit/append.sql', 'jobs/audit/settings-in-force.sql'];
  const jobs: [keyof typeof JOB_TABLES, string[]][] = [
    ['postLedger', ['jobs/post/*.sql', 'jobs/runs/*.sql', ...audit]],
    ['sweepLate', ['jobs/post/*.sql', 'jobs/runs/*.sql', ...audit]],
    ['reconcile', ['messages/*.sql', 'jobs/reconcile/**/*.sql', 'jobs/runs/*.sql', 'jobs/audit/republished.sql', ...audit]],
    ['publishReport', ['jobs/report/*.sql', 'jobs/runs/*.sql']],
  ];
  test.each(jobs)('%s', (name, files) => {
    const statements = files.flatMap((pattern) => globSync(pattern, { cwd: SQL })).map((file) => readFileSync(new URL(file, SQL), 'utf8'));
    expect(statements.length).toBeGreaterThanOrEqual(files.length);
    expect(unique(statements.flatMap(readBy).flatMap(withItsTables))).toEqual(JOB_TABLES[name].reads);
    expect(unique(statements.flatMap(writtenBy))).toEqual(JOB_TABLES[name].writes);
  });
});

const SQL = new URL('../../sql/', import.meta.url);
const VIEWS = new Map(views(booksPlace('p')).map(({ name, query }) => [name, query]));

function readBy(sql: string): string[] {
  return named(sql, /\b(?:FROM|JOIN)\s+(?:`[^`]*`\.`[^`]*`\.)?`?(\w+)/g);
}

function writtenBy(sql: string): string[] {
  return named(sql, /\b(?:INSERT INTO|UPDATE)\s+(\w+)/g);
}

/** Names of the books; comments and texts don't count. */
function named(sql: string, pattern: RegExp): string[] {
  return [...sql.replaceAll(/'(?:[^']|'')*'|--[^\n]*/g, ' ').matchAll(pattern)].map(([, name]) => name).filter((name) => BOOK_NAMES.has(name));
}

function withItsTables(name: string): string[] {
  const query = VIEWS.get(name);
  return query === undefined ? [name] : [name, ...readBy(query).flatMap(withItsTables)];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
