import type { ArchivedMessage, Redrive } from '../../ports.ts';
import { redriveAttributes } from './redrive-attributes.ts';

/** Messages published again a second, at most. Prevents what is repeated from crowding out what is new: the claims of both are one store. */
export const REDRIVE_MESSAGES_PER_SECOND = 100;
/** Messages on their way to Pub/Sub at a time. Prevents a slow topic from filling the memory with them. */
export const REDRIVE_OUTSTANDING = 50;

/** What is needed of the client's topic. Its retries, deadlines and credentials are its own. */
export interface RedriveTopic {
  publishMessage(message: { data: Buffer; attributes: Record<string, string> }): Promise<string>;
}

export interface RedriveOptions {
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly messages_per_second?: number;
  readonly outstanding?: number;
}

/**
 * Publishes messages again on the redrive topic, no faster and no more at a time however many calls they come in: a call waits for those
 * before it. Rejects with the client's error when one of them could not be published; then some may
 * have been, which is harmless: each names the message that it repeats.
 */
export function pubsubRedrive(topic: RedriveTopic, options: RedriveOptions): Redrive {
  const { messages_per_second = REDRIVE_MESSAGES_PER_SECOND, outstanding = REDRIVE_OUTSTANDING } = options;
  let sinceWait = 0; // messages, over all calls
  let before: Promise<unknown> = Promise.resolve();

  async function publish(messages: readonly ArchivedMessage[]): Promise<void> {
    for (let at = 0; at < messages.length; ) {
      if (sinceWait >= outstanding) {
        await options.wait(Math.ceil((outstanding * 1_000) / messages_per_second));
        sinceWait = 0;
      }
      const group = messages.slice(at, at + outstanding - sinceWait);
      at += group.length;
      sinceWait += group.length;
      await allOf(group.map((message) => topic.publishMessage(asPublished(message))));
    }
  }

  return {
    publishAgain(messages) {
      const published = before.then(() => publish(messages));
      before = published.catch(() => undefined); // its own caller hears of it
      return published;
    },
  };
}

function asPublished(message: ArchivedMessage): { data: Buffer; attributes: Record<string, string> } {
  const { buffer, byteOffset, byteLength } = message.data;
  return { data: Buffer.from(buffer, byteOffset, byteLength), attributes: redriveAttributes(message) };
}

/** Waits for each, so that none is on its way when the first error is thrown. */
async function allOf(published: readonly Promise<string>[]): Promise<void> {
  const failed = (await Promise.allSettled(published)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
