/** Every engine, in the order in which they are started and shown. */
export const ENGINE_NAMES = ['pubsub', 'firestore', 'bigquery'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** A local stand-in for a service of Google Cloud. */
export interface Engine {
  readonly name: EngineName;
  /** How many ports it listens on. */
  readonly ports: number;
  /** Finds or makes what it needs on this machine. Throws MissingEngine. */
  find(say: Say): Promise<Launch>;
}

/** An engine that can be started. Ports come in the order in which it asked for them. */
export interface Launch {
  command(ports: readonly number[]): readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Does real work with the engine; rejects as long as it isn't ready. */
  check(ports: readonly number[]): Promise<void>;
  /** Once it is ready: how clients find it. */
  open(ports: readonly number[]): Promise<Opened>;
}

export interface Opened {
  /** Environment variables that Google's clients and the tests read. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends what was opened beside the engine. */
  close(): Promise<void>;
}

/** Takes a line of progress. */
export type Say = (line: string) => void;

/** An engine that this machine doesn't have, and how to get it. */
export class MissingEngine extends Error {
  readonly engine: EngineName;
  readonly fix: string;
  constructor(engine: EngineName, message: string, fix: string) {
    super(message);
    this.name = 'MissingEngine';
    this.engine = engine;
    this.fix = fix;
  }
}

export const LOOPBACK = '127.0.0.1';
/** The project that tests use. No engine looks at it. */
export const PROJECT = 'test';
