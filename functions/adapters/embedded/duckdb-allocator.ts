/**
 * How DuckDB's allocator (a jemalloc of its own, inside its library) gives memory back. It is told when the library is loaded, so this
 * must be imported before anything that imports DuckDB. Told nothing, each thread that ran a statement (Node has four) keeps the pages that
 * it freed: 100 MB and more beyond DuckDB's limit. With one arena all use them again, and what nobody used for a while goes back to the system.
 * https://jemalloc.net/jemalloc.3.html#opt.narenas
 */
const DECAY_MILLISECONDS = 100;

process.env.DUCKDB_JE_MALLOC_CONF ??= `narenas:1,dirty_decay_ms:${DECAY_MILLISECONDS},muzzy_decay_ms:0`;
