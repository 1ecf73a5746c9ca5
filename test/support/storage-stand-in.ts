import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object of a bucket, as it was uploaded. */
export interface StoredObject {
  readonly content: Buffer;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What Cloud Storage's JSON API does with an upload in one request, on this machine. https://cloud.google.com/storage/docs/json_api/v1/objects/insert */
export interface StorageStandIn {
  readonly endpoint: string;
  /** By `bucket/name`. */
  readonly objects: Map<string, StoredObject>;
  /** Answers to the next uploads instead of taking them: HTTP statuses; 0 breaks the connection after taking it. */
  readonly faults: number[];
  uploads: number;
  close(): void;
}

export async function storageStandIn(): Promise<StorageStandIn> {
  const stand: Omit<StorageStandIn, 'endpoint' | 'close'> = { objects: new Map(), faults: [], uploads: 0 };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://storage');
      if (request.method === 'GET') return void sendMetadata(stand.objects.get(objectAsked(url)), response);
      const bucket = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname)?.[1];
      const fault = stand.faults.shift();
      stand.uploads++;
      if (request.method !== 'POST' || bucket === undefined) return void response.writeHead(404).end();
      if (fault) return void response.writeHead(fault, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code: fault, message: 'refused' } }));
      const object = multipart(Buffer.concat(pieces), request.headers['content-type'] ?? '');
      if (object.metadata.md5Hash !== createHash('md5').update(object.content).digest('base64')) return void response.writeHead(400).end();
      const key = `${bucket}/${url.searchParams.get('name')}`;
      if (url.searchParams.get('ifGenerationMatch') === '0' && stand.objects.has(key)) return void response.writeHead(412, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { code: 412, message: 'conditionNotMet' } }));
      stand.objects.set(`${bucket}/${url.searchParams.get('name')}`, object);
      if (fault === 0) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...object.metadata, bucket, name: url.searchParams.get('name') }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(stand, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void (server.closeAllConnections(), server.close()) });
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects/get */
function objectAsked({ pathname }: URL): string {
  const [, bucket, name] = /^\/storage\/v1\/b\/([^/]+)\/o\/(.+)$/.exec(pathname) ?? [];
  return `${bucket}/${decodeURIComponent(name ?? '')}`;
}

function sendMetadata(object: StoredObject | undefined, response: ServerResponse): void {
  response.writeHead(object ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(object?.metadata ?? { error: { code: 404 } }));
}

/** The two parts of a multipart/related body: JSON, and the content. */
function multipart(body: Buffer, contentType: string): StoredObject {
  const boundary = `--${/boundary="?([^";]+)/.exec(contentType)![1]!}`;
  const [metadata, content] = [1, 2].map((part) => {
    let at = -1;
    for (let found = 0; found < part; found++) at = body.indexOf(boundary, at + 1);
    const start = body.indexOf('\r\n\r\n', at) + 4;
    return body.subarray(start, body.indexOf(`\r\n${boundary}`, start));
  });
  return { metadata: JSON.parse(metadata!.toString()) as Record<string, unknown>, content: content! };
}
