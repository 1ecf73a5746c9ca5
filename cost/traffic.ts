/** What a month is like: set by the command line, or as measured on simulated traffic. */
export interface Traffic {
  /** Messages published a month. */
  readonly messages_per_month: number;
  /** Months that the pipeline has run before the month that is priced. */
  readonly months: number;
  /** Bytes of a published payment, with its attributes. */
  readonly message_bytes: number;
  /** Messages that are copies of another (duplicates and conflicts); each costs a read beside its refused write. */
  readonly copies_share: number;
  /** Messages that make no claim: late, rejected, dead letters. */
  readonly unclaimed_share: number;
  /** CPU of processPayment a message, in seconds of a vCPU, Google's clients included: ten requests at a time: `npm run bench:load` with Firestore's client, and `npm run bench:journal`. */
  readonly cpu_seconds: number;
  /** From a message's arrival to its answer, in seconds: a claim of 8 ms, a journal append of 30 ms, and ours. */
  readonly seconds: number;
  /** Requests that one instance works on at a time, on average. */
  readonly concurrency: number;
  /** Days of retention on the topic, for replay. */
  readonly retention_days: number;
  /** Days of messages that a reconciliation compares. */
  readonly reconcile_days: number;
  /** Edition of the database of claims. */
  readonly firestore: 'standard' | 'enterprise';
  /** Bytes of logs a message: sampled and summed up by the minute. */
  readonly log_bytes: number;
}

export const DEFAULT_TRAFFIC: Traffic = {
  messages_per_month: 300e6,
  months: 12,
  message_bytes: 500,
  copies_share: 0.003,
  unclaimed_share: 0.01,
  cpu_seconds: 0.0014,
  seconds: 0.045,
  concurrency: 10,
  retention_days: 7,
  reconcile_days: 1,
  firestore: 'standard',
  log_bytes: 20,
};
