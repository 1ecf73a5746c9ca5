/**
 * Stand-ins for both ways into BigQuery, in a process of their own, so that only the client's cost is measured: insertAll over HTTP, and
 * AppendRows over gRPC. Both answer every call after the same time and keep nothing. Prints both ports; ends with its parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type handleBidiStreamingCall, Server, ServerCredentials } from '@grpc/grpc-js';

/** Milliseconds until a call is answered: no figure of the service's, only the same for both. */
const ANSWER_MILLISECONDS = 20;

const ALL_WRITTEN = JSON.stringify({ kind: 'bigquery#tableDataInsertAllResponse' });

const http = createServer((request, response) => {
  request.resume().on('end', () => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(ALL_WRITTEN), ANSWER_MILLISECONDS);
  });
});

/** AppendRowsResponse with an empty append_result, as protobuf writes it. */
const APPENDED = Buffer.from([0x0a, 0x00]);

const appendRows: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
  call.on('data', () => setTimeout(() => call.write(APPENDED), ANSWER_MILLISECONDS));
  call.on('end', () => call.end());
};

const asItIs = (bytes: Buffer) => bytes;
const grpc = new Server({ 'grpc.max_receive_message_length': -1 });
grpc.addService(
  { appendRows: { path: '/google.cloud.bigquery.storage.v1.BigQueryWrite/AppendRows', requestStream: true, responseStream: true, requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs } },
  { appendRows },
);

http.listen(0, '127.0.0.1', () => {
  grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, grpcPort) => {
    if (error) throw error;
    console.log(JSON.stringify({ http: (http.address() as AddressInfo).port, grpc: grpcPort }));
  });
});
process.on('disconnect', () => process.exit());
