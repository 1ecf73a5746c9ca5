import type { DuckDBConnection } from '@duckdb/node-api';
import type { Micros } from '../payment/time.ts';

/** When each setting of a store was last changed, by the real clock: those that never were are not there. */
export async function readSettingChanges(connection: DuckDBConnection): Promise<Map<string, Micros>> {
  const result = await connection.runAndReadAll("SELECT setting, epoch_us(MAX(recorded_at)) FROM audit_log WHERE action = 'setting_changed' GROUP BY setting");
  return new Map(result.getRows().map(([name, changed]) => [String(name), Number(changed)]));
}

/** The settings that a store was last used with, by name. */
export async function readStoredSettings(connection: DuckDBConnection): Promise<Map<string, string>> {
  const result = await connection.runAndReadAll("SELECT substr(name, 9) AS name, value FROM store_info WHERE name LIKE 'setting.%' AND value <> ''");
  return new Map(result.getRows().map(([name, value]) => [String(name), String(value)]));
}
