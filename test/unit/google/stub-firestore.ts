import type { DocumentData, Firestore } from '@google-cloud/firestore';

/**
 * How the stub takes a call. *honest*: as Firestore does. *down*: not done, and says so (14). *lost*: done, but the answer is an error (4).
 * *again*: done, then done again by the client, which hears of its own write (6). *gone*: a create is refused (6), and there is nothing to
 * read. *denied*: not allowed (7). *never*: done, and never answered.
 */
export type Behaviour = 'honest' | 'down' | 'lost' | 'again' | 'gone' | 'denied' | 'never';

export interface StubCall {
  readonly kind: 'create' | 'read';
  readonly path: string;
}

/** Documents in memory behind the two calls that claims make; each takes a turn of the event loop. */
export interface StubFirestore {
  readonly firestore: Firestore;
  readonly documents: Map<string, DocumentData>;
  readonly calls: readonly StubCall[];
  /** The most calls that were under way at one time. */
  most(): number;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** As the client throws it; the message names the document. */
const failed = (code: number, path: string) => Object.assign(new Error(`${code}: ${path}`), { code });

export function stubFirestore(behave: (call: StubCall, count: number) => Behaviour = () => 'honest'): StubFirestore {
  const documents = new Map<string, DocumentData>();
  const calls: StubCall[] = [];
  let underWay = 0;
  let most = 0;

  async function answered<Answer>(call: StubCall, act: (behaviour: Behaviour) => Answer): Promise<Answer> {
    const behaviour = behave(call, calls.push(call));
    underWay += 1;
    most = Math.max(most, underWay);
    await turn();
    try {
      if (behaviour === 'down') throw failed(14, call.path);
      if (behaviour === 'denied') throw failed(7, call.path);
      const answer = act(behaviour);
      if (behaviour === 'lost') throw failed(4, call.path);
      if (behaviour === 'never') await new Promise<never>(() => {});
      return answer;
    } finally {
      underWay -= 1;
    }
  }

  function create(path: string, fields: DocumentData, behaviour: Behaviour): void {
    if (behaviour === 'gone' || documents.has(path)) throw failed(6, path);
    documents.set(path, fields);
    if (behaviour === 'again') throw failed(6, path);
  }

  const read = (path: string, behaviour: Behaviour) => {
    const fields = behaviour === 'gone' ? undefined : documents.get(path);
    return { exists: fields !== undefined, data: () => fields };
  };

  const documentAt = (path: string) => ({
    create: (fields: DocumentData) => answered({ kind: 'create', path }, (behaviour) => create(path, fields, behaviour)),
    get: () => answered({ kind: 'read', path }, (behaviour) => read(path, behaviour)),
  });
  const firestore = { collection: (name: string) => ({ doc: (id: string) => documentAt(`${name}/${id}`) }) };
  return { firestore: firestore as unknown as Firestore, documents, calls, most: () => most };
}
