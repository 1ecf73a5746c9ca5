import { Client, credentials, type Metadata, Server, ServerCredentials, type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from '@grpc/grpc-js';

/**
 * What becomes of a write on its way. *through*: nothing. *lost*: it is done, and the answer is "not available", after which the client
 * sends it again by itself. *refused*: it isn't done, and "not available". *held*: it is done, and the answer is kept back.
 */
export type Mishap = 'through' | 'lost' | 'refused' | 'held';

export interface Between {
  /** For FIRESTORE_EMULATOR_HOST. */
  readonly address: string;
  /** Writes that came, those that the client sent again included. */
  writes(): number;
  /** Ends what is held, and the server. */
  close(): Promise<void>;
}

const bytes = (buffer: Buffer) => buffer;
const COMMIT = '/google.firestore.v1.Firestore/Commit';
const READ = '/google.firestore.v1.Firestore/BatchGetDocuments';
const NOT_AVAILABLE = { code: status.UNAVAILABLE, details: 'lost on the way' };

/** A server between the real client and the emulator, which hands bytes on and lets writes go wrong as the test says. */
export async function between(emulator: string, mishapOf: (write: number) => Mishap): Promise<Between> {
  const behind = new Client(emulator, credentials.createInsecure());
  const held: (() => void)[] = [];
  let writes = 0;

  function commit(call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void {
    const mishap = mishapOf((writes += 1));
    if (mishap === 'refused') return answer(NOT_AVAILABLE);
    behind.makeUnaryRequest(COMMIT, bytes, bytes, call.request, onward(call.metadata), (error, result) => {
      if (mishap === 'lost') answer(NOT_AVAILABLE);
      else if (mishap === 'held') held.push(() => answer({ code: status.PERMISSION_DENIED }));
      else answer(error && { code: error.code, details: error.details }, result);
    });
  }

  function read(call: ServerWritableStream<Buffer, Buffer>): void {
    const answers = behind.makeServerStreamRequest(READ, bytes, bytes, call.request, onward(call.metadata));
    answers.on('data', (one: Buffer) => call.write(one)).on('end', () => call.end()).on('error', (error) => call.destroy(error));
  }

  const kind = { requestStream: false, requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes };
  const server = new Server();
  server.addService({ Commit: { ...kind, path: COMMIT, responseStream: false }, BatchGetDocuments: { ...kind, path: READ, responseStream: true } }, { Commit: commit, BatchGetDocuments: read });
  const port = await new Promise<number>((resolve, reject) => server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  return {
    address: `127.0.0.1:${port}`,
    writes: () => writes,
    async close() {
      for (const end of held) end();
      await new Promise<void>((resolve) => setImmediate(resolve));
      behind.close();
      server.forceShutdown();
    },
  };
}

/** The headers that belong to the message; those of the connection are made anew. */
function onward(metadata: Metadata): Metadata {
  const kept = metadata.clone();
  for (const name of ['grpc-accept-encoding', 'accept-encoding', 'user-agent', 'content-type', 'te']) kept.remove(name);
  return kept;
}
