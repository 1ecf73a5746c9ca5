import { PubSub } from '@google-cloud/pubsub';
import { randomUUID } from 'node:crypto';

/** A message as it was published. */
export interface Published {
  /** In base64. */
  readonly data: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A topic of its own in the emulator, and what is published on it. */
export interface RedriveTopic {
  readonly name: string;
  /** The next message that is published. */
  next(): Promise<Published>;
  close(): Promise<void>;
}

export async function redriveTopic(): Promise<RedriveTopic> {
  if (!process.env.PUBSUB_EMULATOR_HOST) throw new Error('PUBSUB_EMULATOR_HOST is not set: run `npm run test:emulators`');
  const client = new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? 'test' });
  const [topic] = await client.createTopic(`redrive-${randomUUID()}`);
  const [subscription] = await topic.createSubscription(`redrive-${randomUUID()}`);
  return {
    name: topic.name,
    next: () =>
      new Promise((resolve) => {
        subscription.once('message', (message) => {
          message.ack();
          resolve({ data: message.data.toString('base64'), attributes: message.attributes });
        });
      }),
    async close() {
      await subscription.close();
      await client.close();
    },
  };
}
