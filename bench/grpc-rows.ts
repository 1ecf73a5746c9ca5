import type { Writable } from 'node:stream';
import { managedwriter, protos } from '@google-cloud/bigquery-storage';
import { credentials } from '@grpc/grpc-js';
import { type CallResult, JournalError, type RowStore } from '../functions/adapters/google/row-store.ts';
import { protoRow, ROW_DESCRIPTOR } from './journal-proto.ts';

type AppendRowsResponse = protos.google.cloud.bigquery.storage.v1.IAppendRowsResponse;
const { RowErrorCode } = protos.google.cloud.bigquery.storage.v1.RowError;
const { MissingValueInterpretation } = protos.google.cloud.bigquery.storage.v1.AppendRowsRequest;

/** A table behind the Storage Write API's default stream, at least once. */
export interface GrpcRows extends RowStore<Buffer> {
  /** Says that no more rows come. What was sent is answered. */
  end(): void;
  close(): void;
}

/** Tag and length around a row. */
const BYTES_AROUND_ROW = 4;
/** google.rpc.Code.INVALID_ARGUMENT. */
const INVALID_ARGUMENT = 3;

/** `table` is `projects/P/datasets/D/tables/T`; `address` a server without TLS: a stand-in or an emulator. */
export async function grpcRows(address: { readonly host: string; readonly port: number }, table: string): Promise<GrpcRows> {
  const client = new managedwriter.WriterClient({ apiEndpoint: address.host, port: address.port, projectId: 'p', sslCreds: credentials.createInsecure() } as never);
  const connection = await client.createStreamConnection({ streamId: `${table}/streams/_default` });
  connection.onConnectionError(() => undefined); // without a listener, an error that isn't retryable ends the process
  const writer = new managedwriter.Writer({
    connection,
    protoDescriptor: ROW_DESCRIPTOR as never,
    defaultMissingValueInterpretation: MissingValueInterpretation.DEFAULT_VALUE, // else a column that is left out becomes NULL, the stamp too
  });
  return {
    encode: protoRow,
    bytesOf: (row) => row.length + BYTES_AROUND_ROW,
    insert: async (rows) => resultOf(await writer.appendRows({ serializedRows: [...rows] }).getResult(), rows.length),
    end() {
      (connection as unknown as { _connection: Writable })._connection.end(); // the client has no word for it: its own close throws answers away
    },
    close() {
      connection.close();
      client.close();
    },
  };
}

/** An answer with an error resolves like any other, so it must be looked at. One bad row, and none of the call is written. */
function resultOf({ appendResult, error, rowErrors }: AppendRowsResponse, rows: number): CallResult {
  if (!error && appendResult) return new Array<'written'>(rows).fill('written');
  if (!error) throw new JournalError('unreadable_answer');
  if (error.code !== INVALID_ARGUMENT) throw new JournalError('call_failed', String(error.code));
  if (!rowErrors?.length) return 'refused';
  const refused = new Set(rowErrors.filter(({ code }) => code === RowErrorCode.FIELDS_ERROR || code === 'FIELDS_ERROR').map(({ index }) => Number(index)));
  return Array.from({ length: rows }, (_, index) => (refused.has(index) ? 'refused' : 'stopped'));
}
