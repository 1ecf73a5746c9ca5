/** The smoke test's statements, as the books take them: files of `smoke/sql`, named from `sql/` on. They are BigQuery's dialect, like all others. */
export function smokeSql(name: string): string {
  return `../smoke/sql/${name}.sql`;
}

/** Ids as one text with a blank before and behind each: what the statements look them up in. */
export function idList(ids: readonly string[]): string {
  return ` ${ids.join(' ')} `;
}
