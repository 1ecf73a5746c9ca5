import { PubSub, type Topic } from '@google-cloud/pubsub';
import { randomUUID } from 'node:crypto';
import type { ToPublish } from './traffic.ts';

/** Topics and subscriptions as they are provisioned, in the emulator, under names of their own. */
export interface PubsubInTest {
  readonly payments: Topic;
  readonly names: { readonly payments: string; readonly redrive: string; readonly redrive_topic: string; readonly dead_letter: string; readonly archive: string };
  readonly client: PubSub;
  /** Publishes messages; gives the id that Pub/Sub gave each. */
  publish(messages: readonly ToPublish[]): Promise<string[]>;
  close(): Promise<void>;
}

const ATTEMPTS = 5;

export async function pubsubInTest(url: (name: 'processPayment' | 'processRedrive' | 'keepDeadLetter') => string): Promise<PubsubInTest> {
  if (!process.env.PUBSUB_EMULATOR_HOST) throw new Error('PUBSUB_EMULATOR_HOST is not set: run `npm run test:emulators`');
  const client = new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? 'test' });
  const run = randomUUID().slice(0, 8);
  const topic = async (name: string) => (await client.createTopic(`${name}-${run}`))[0];
  const [payments, redrive, dead] = [await topic('payments'), await topic('payments-redrive'), await topic('payments-dead-letters')];
  const push = (name: 'processPayment' | 'processRedrive' | 'keepDeadLetter', more = {}) => ({ pushConfig: { pushEndpoint: url(name), oidcToken: { serviceAccountEmail: 'push@test.iam.gserviceaccount.com' } }, ackDeadlineSeconds: 60, ...more });
  const deadLetterPolicy = { deadLetterTopic: dead.name, maxDeliveryAttempts: ATTEMPTS };
  const [archive] = await payments.createSubscription(`archive-${run}`);
  const [kept] = await dead.createSubscription(`dead-letters-${run}`, push('keepDeadLetter'));
  const [again] = await redrive.createSubscription(`redrive-${run}`, push('processRedrive', { deadLetterPolicy }));
  const [pushed] = await payments.createSubscription(`payments-${run}`, push('processPayment', { deadLetterPolicy }));
  return {
    payments,
    client,
    names: { payments: pushed.name, redrive: again.name, redrive_topic: redrive.name, dead_letter: kept.name, archive: archive.name },
    publish: (messages) => Promise.all(messages.map(({ data, attributes }) => payments.publishMessage({ data, attributes }))),
    async close() {
      for (const subscription of [pushed, again, kept]) await subscription.delete();
      await client.close();
    },
  };
}
