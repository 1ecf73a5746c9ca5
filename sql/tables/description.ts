/** A table described once: DuckDB's DDL, BigQuery's DDL and the provisioned schema are printed from this. */
export interface TableDescription {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** BigQuery: the DATE, or the TIMESTAMP taken by day, that partitions the table. */
  readonly partitionBy?: string;
  readonly clusterBy?: readonly string[];
  /** BigQuery: days after which a partition may expire. Left out: kept for good. */
  readonly partitionExpiryDays?: number;
  /** The table exists on one target only. */
  readonly only?: 'embedded' | 'google';
}

export interface Column {
  readonly name: string;
  /** BigQuery's names. */
  readonly type: 'STRING' | 'INT64' | 'BYTES' | 'BOOL' | 'DATE' | 'TIMESTAMP' | 'NUMERIC(38,9)';
  readonly required?: boolean;
  readonly description: string;
  /** BigQuery's default expression. On one machine the single writer stamps instead. */
  readonly default?: string;
}

/** A column that is never null. */
export function required(name: string, type: Column['type'], description: string, more: { default?: string } = {}): Column {
  return { name, type, required: true, description, ...more };
}

/** A column that may be null. */
export function nullable(name: string, type: Column['type'], description: string): Column {
  return { name, type, description };
}
