/** Google's clients for a command: loaded when they are needed, so that the other commands start as quickly as before. The emulator's address (PUBSUB_EMULATOR_HOST) is in them. */
export async function pubsubClients(project: string) {
  const { PubSub, v1 } = await import('@google-cloud/pubsub');
  const pubsub = new PubSub({ projectId: project });
  const subscriber = new v1.SubscriberClient({ ...(await pubsub.getClientConfig()), projectId: project });
  return {
    pubsub,
    subscriber,
    async close() {
      await subscriber.close();
      await pubsub.close();
    },
  };
}
