import type { Subscription } from '@google-cloud/pubsub';
import type { BigqueryStore } from '../bigquery-store.ts';

/**
 * Fills the raw archive as the native BigQuery subscription does, which delivers nothing on the emulator: every message as it was
 * published, at least once. Shares no code with the pipeline.
 */
export function pullIntoArchive(subscription: Subscription, store: Pick<BigqueryStore, 'insert'>): { readonly archived: Map<string, string>; close(): Promise<void> } {
  const archived = new Map<string, string>();
  let writing: Promise<unknown> = Promise.resolve();
  subscription.on('message', (message) => {
    const row = {
      subscription_name: subscription.name,
      message_id: message.id,
      publish_time: message.publishTime.toISOString(),
      data: message.data.toString('base64'),
      attributes: JSON.stringify(message.attributes),
    };
    writing = writing.then(() => store.insert('raw_messages', [row])).then(
      () => {
        archived.set(message.id, row.publish_time);
        message.ack();
      },
      () => message.nack(),
    );
  });
  return {
    archived,
    async close() {
      await subscription.close();
      await writing;
    },
  };
}
