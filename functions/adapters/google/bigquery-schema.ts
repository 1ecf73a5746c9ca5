import type { Column, TableDescription } from '../../../sql/tables/description.ts';
import { GOOGLE_TABLES } from '../../../sql/tables/index.ts';
import { messageDispositionsView } from '../../reconciliation/message-tables.ts';
import { readSqlText } from '../sql-text.ts';
import { toBigquery } from './bigquery-dialect.ts';
import { type BooksPlace, HEADS, VIEW_FILES, VIEW_FILES_ON_DISPOSITIONS, viewName } from './bigquery-names.ts';

/** A column as the API and Pulumi take it. https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
export interface FieldSchema {
  readonly name: string;
  readonly type: string;
  readonly mode: 'REQUIRED' | 'NULLABLE';
  readonly description: string;
  readonly precision?: string;
  readonly scale?: string;
  readonly defaultValueExpression?: string;
}

/** A table's fields. */
export function fieldsOf(table: TableDescription): FieldSchema[] {
  return table.columns.map((column) => ({
    name: column.name,
    ...typeOf(column),
    mode: column.required ? 'REQUIRED' : 'NULLABLE',
    description: column.description,
    ...(column.default ? { defaultValueExpression: column.default } : {}),
  }));
}

function typeOf({ type }: Column): Pick<FieldSchema, 'type' | 'precision' | 'scale'> {
  return type === 'NUMERIC(38,9)' ? { type: 'NUMERIC' } : { type };
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** What the API's `tables.insert` takes for a table. A NUMERIC column without precision is NUMERIC(38,9). */
export function tableResource(table: TableDescription, place: BooksPlace) {
  return {
    tableReference: { projectId: place.project, datasetId: place.dataset, tableId: table.name },
    description: table.description,
    schema: { fields: fieldsOf(table) },
    ...(table.partitionBy ? { timePartitioning: { type: 'DAY', field: table.partitionBy, ...(table.partitionExpiryDays ? { expirationMs: String(table.partitionExpiryDays * MILLISECONDS_PER_DAY) } : {}) } } : {}),
    ...(table.clusterBy ? { clustering: { fields: table.clusterBy } } : {}),
  };
}

/** The statement that creates a table. No key is declared: an unenforced one lets the optimizer drop the joins that look for doubles. */
export function createTable(table: TableDescription, place: BooksPlace): string {
  const columns = table.columns.map((column) => `  ${column.name} ${column.type}${column.default ? ` DEFAULT ${column.default}` : ''}${column.required ? ' NOT NULL' : ''} OPTIONS(description=${literal(column.description)})`);
  const partition = table.columns.find(({ name }) => name === table.partitionBy);
  const options = [`description=${literal(table.description)}`, ...(table.partitionExpiryDays ? [`partition_expiration_days=${table.partitionExpiryDays}`] : [])];
  return [
    `CREATE TABLE IF NOT EXISTS \`${place.project}\`.\`${place.dataset}\`.\`${table.name}\` (`,
    columns.join(',\n'),
    ')',
    ...(partition ? [`PARTITION BY ${partition.type === 'DATE' ? partition.name : `TIMESTAMP_TRUNC(${partition.name}, DAY)`}`] : []),
    ...(table.clusterBy ? [`CLUSTER BY ${table.clusterBy.join(', ')}`] : []),
    `OPTIONS(${options.join(', ')})`,
  ].join('\n');
}

/** A view: its name, and its query with every table named in full. */
export interface ViewText {
  readonly name: string;
  readonly query: string;
}

/** All views, each before those that read it. */
export function views(place: BooksPlace): ViewText[] {
  const view = (text: string, name: string): ViewText => ({ name, query: toBigquery(text.replace(/CREATE OR REPLACE VIEW \w+ AS\s/, ''), place).sql });
  return [
    ...VIEW_FILES.map((file) => view(readSqlText(file), viewName(file))),
    view(messageDispositionsView(readSqlText), 'message_dispositions'),
    ...VIEW_FILES_ON_DISPOSITIONS.map((file) => view(readSqlText(file), viewName(file))),
  ];
}

/** The statement that creates a view. */
export function createView({ name, query }: ViewText, place: BooksPlace): string {
  return `CREATE OR REPLACE VIEW \`${place.project}\`.\`${place.dataset}\`.\`${name}\` AS\n${query}`;
}

/** Every statement that makes the books in an empty dataset, in order. Each may be run again. */
export function schemaStatements(place: BooksPlace): string[] {
  return [...GOOGLE_TABLES.map((table) => createTable(table, place)), ...views(place).map((view) => createView(view, place)), ...seedHeads(place).map(({ sql }) => sql)];
}

/** The statements that seed the heads, of postings and of reconciliations: one row each, where there is none. */
export function seedHeads(place: BooksPlace): { readonly table: string; readonly sql: string }[] {
  return Object.entries(HEADS).map(([table, file]) => ({ table, sql: toBigquery(readSqlText(file).replace('@first_day', "DATE '1970-01-01'"), place).sql }));
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
