import type { PipelinePorts } from '../pipeline/pipeline.ts';

/** A store did not do what it was asked; `cause` is its own error. Anything else that is thrown on a message's way is ours. */
export class StoreFault extends Error {
  readonly store: keyof PipelinePorts;
  constructor(store: keyof PipelinePorts, cause: unknown) {
    super(`the ${store} did not answer as they should`, { cause });
    this.name = 'StoreFault';
    this.store = store;
  }
}

/** The same stores, whose errors say which of them failed. */
export function namingStores({ claims, journal }: PipelinePorts): PipelinePorts {
  return {
    claims: { claim: (requests) => named('claims', () => claims.claim(requests)) },
    journal: { append: (lines) => named('journal', () => journal.append(lines)) },
  };
}

async function named<Result>(store: keyof PipelinePorts, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw new StoreFault(store, error);
  }
}
