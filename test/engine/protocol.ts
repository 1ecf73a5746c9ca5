/** The engine's protocol, as @pulumi/pulumi has it: its own messages, and the protobuf library that they are made with. */
import { createRequire } from 'node:module';
import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall, status } from '@grpc/grpc-js';
import type { Empty as EmptyMessage } from 'google-protobuf/google/protobuf/empty_pb.js';
import type { JavaScriptValue, Struct as StructMessage } from 'google-protobuf/google/protobuf/struct_pb.js';

const pulumis = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));
const { Empty } = pulumis('google-protobuf/google/protobuf/empty_pb.js') as { Empty: new () => EmptyMessage };
const { Struct } = pulumis('google-protobuf/google/protobuf/struct_pb.js') as { Struct: typeof StructMessage };

/** Properties of a resource as they travel: JSON, with objects that stand for secrets, assets and unknown values. */
export type Properties = Readonly<Record<string, unknown>>;

/** Stands for a value that a preview doesn't know yet. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** The key of an object that stands for something else: a secret, an asset, an archive. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';

/** Whether a value travels as a whole: its parts mean nothing alone. */
export function isWhole(value: unknown): boolean {
  return typeof value === 'object' && value !== null && SIGNATURE in value;
}

export function propertiesOf(struct: StructMessage | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

export function structOf(properties: Properties): StructMessage {
  return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

export function empty(): EmptyMessage {
  return new Empty();
}

/** A call of the protocol that answers at once or later; what it throws is told to the caller. */
export function answering<Request, Response>(answer: (request: Request, call: ServerUnaryCall<Request, Response>) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    void Promise.resolve()
      .then(() => answer(call.request, call))
      .then((response) => reply(null, response), (error: unknown) => reply({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }));
  };
}

/** A server on the loopback, and how to stop it. */
export interface Served {
  readonly port: number;
  stop(): void;
}

/** Serves something of the protocol on a free port of the loopback. */
export async function serve(add: (server: Server) => void): Promise<Served> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  add(server);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { port, stop: () => server.forceShutdown() };
}
