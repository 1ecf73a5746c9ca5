import type { DuckDBConnection } from '@duckdb/node-api';

/** The settings that a store was last used with, by name. */
export async function readStoredSettings(connection: DuckDBConnection): Promise<Map<string, string>> {
  const result = await connection.runAndReadAll("SELECT substr(name, 9) AS name, value FROM store_info WHERE name LIKE 'setting.%' AND value <> ''");
  return new Map(result.getRows().map(([name, value]) => [String(name), String(value)]));
}
