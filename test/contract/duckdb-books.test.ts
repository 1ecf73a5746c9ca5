import { describe } from 'vitest';
import { duckdbBooks } from '../../functions/adapters/embedded/duckdb-books.ts';
import { openStore } from '../../functions/adapters/embedded/store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { booksContract } from './books.ts';

describe('the books in DuckDB', () => {
  booksContract(async () => {
    const store = await openStore(temporaryDirectory());
    return { books: duckdbBooks(store.connection), close: () => store.close() };
  });
});
