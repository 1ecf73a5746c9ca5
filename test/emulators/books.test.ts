import { describe } from 'vitest';
import { booksContract } from '../contract/books.ts';
import { bigqueryStore } from './bigquery-store.ts';

describe('the books in BigQuery', () => {
  booksContract(async () => ({ books: (await bigqueryStore()).books(), close: () => undefined }));
});
