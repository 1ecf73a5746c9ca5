import { askEngine } from './check-http.ts';
import { type Engine, LOOPBACK, PROJECT } from './engine.ts';
import { emulatorJar, javaCommand } from './google-cloud-sdk.ts';

const MAIN_CLASS = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';

/** Google's own Firestore emulator. It keeps everything in memory. https://cloud.google.com/firestore/docs/emulator */
export const firestore: Engine = {
  name: 'firestore',
  ports: 1,
  async find() {
    const jar = await emulatorJar('firestore', 'cloud-firestore-emulator/cloud-firestore-emulator.jar');
    const java = await javaCommand('firestore');
    return {
      command: ([port]) => [java, '-cp', jar, MAIN_CLASS, `--host=${LOOPBACK}`, `--port=${port}`],
      environment: process.env,
      check: async ([port]) => void (await askEngine(port, `/v1/projects/${PROJECT}/databases/(default)/documents/engine_checks`)),
      open: async ([port]) => ({ variables: { FIRESTORE_EMULATOR_HOST: `${LOOPBACK}:${port}` }, close: async () => {} }),
    };
  },
};
