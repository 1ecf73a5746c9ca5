import { askEngine } from './check-http.ts';
import { type Engine, LOOPBACK, PROJECT } from './engine.ts';
import { emulatorJar, javaCommand } from './google-cloud-sdk.ts';

/** Google's own Pub/Sub emulator. https://cloud.google.com/pubsub/docs/emulator */
export const pubsub: Engine = {
  name: 'pubsub',
  ports: 1,
  async find() {
    const jar = await emulatorJar('pubsub', 'pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar');
    const java = await javaCommand('pubsub');
    return {
      command: ([port]) => [java, '-jar', jar, `--host=${LOOPBACK}`, `--port=${port}`],
      environment: process.env,
      check: async ([port]) => void (await askEngine(port, `/v1/projects/${PROJECT}/topics`)),
      open: async ([port]) => ({ variables: { PUBSUB_EMULATOR_HOST: `${LOOPBACK}:${port}` }, close: async () => {} }),
    };
  },
};
