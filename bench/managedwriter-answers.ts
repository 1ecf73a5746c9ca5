/**
 * A write that was never stored, and that managedwriter says was: `node bench/managedwriter-answers.ts`. Its answers have no number, so it
 * gives each to the oldest write that waits. When an answer brings a new schema, JSONWriter opens the connection anew and leaves what was in
 * flight in that queue: from then on every write gets the answer of the next. Seen with @google-cloud/bigquery-storage 5.1.2.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { managedwriter, protos } from '@google-cloud/bigquery-storage';
import { credentials, type handleBidiStreamingCall, Server, ServerCredentials } from '@grpc/grpc-js';

process.env.METADATA_SERVER_DETECTION = 'none'; // loopback only
const { AppendRowsRequest, AppendRowsResponse } = protos.google.cloud.bigquery.storage.v1;
const stored: string[] = [];
const STRING_TYPE = 9;

/** Stores every row but `second`, which is in flight when the answer to `first` brings a new schema. */
const appendRows: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
  call.on('data', (bytes: Buffer) => {
    const row = Buffer.from(AppendRowsRequest.decode(bytes).protoRows!.rows!.serializedRows![0]).subarray(2).toString();
    if (row === 'second') return;
    stored.push(row);
    const updatedSchema = row === 'first' ? { fields: [{ name: 'name', type: 'STRING', mode: 'NULLABLE' }] } : null;
    call.write(AppendRowsResponse.encode(AppendRowsResponse.fromObject({ appendResult: {}, ...(updatedSchema && { updatedSchema }) })).finish() as Buffer);
  });
  call.on('end', () => call.end());
};

const asItIs = (bytes: Buffer) => bytes;
const server = new Server();
server.addService(
  { appendRows: { path: '/google.cloud.bigquery.storage.v1.BigQueryWrite/AppendRows', requestStream: true, responseStream: true, requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs } },
  { appendRows },
);
const port = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
const client = new managedwriter.WriterClient({ apiEndpoint: '127.0.0.1', port, projectId: 'p', sslCreds: credentials.createInsecure() } as never);
const connection = await client.createStreamConnection({ streamId: 'projects/p/datasets/d/tables/t/streams/_default' });
connection.onConnectionError(() => undefined);
const writer = new managedwriter.JSONWriter({ connection, protoDescriptor: { name: 'row', field: [{ name: 'name', number: 1, type: STRING_TYPE, label: 1 }] } as never });

const said = new Map<string, string>();
function append(name: string): void {
  said.set(name, 'no answer');
  writer.appendRows([{ name }]).getResult().then(({ error }) => said.set(name, error ? 'refused' : 'written'), () => said.set(name, 'failed'));
}
append('first');
append('second');
await sleep(300);
append('third');
await sleep(300);
for (const [name, what] of said) console.log(`${name}: managedwriter says ${what}; the server ${stored.includes(name) ? 'has it' : 'does not have it'}`);
writer.close();
client.close();
server.forceShutdown();
