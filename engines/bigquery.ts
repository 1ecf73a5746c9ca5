import { connect } from 'node:net';
import { systemClock } from '../functions/adapters/embedded/system-clock.ts';
import { startBigqueryShim } from './bigquery-shim.ts';
import { askEngine } from './check-http.ts';
import { type Engine, LOOPBACK, PROJECT } from './engine.ts';
import { CHECK_MILLISECONDS } from './limits.ts';
import { pythonEnvironment } from './python-environment.ts';

/** A port that refuses at once. DuckDB looks for an extension that we don't need on its makers' server: it shall not leave the machine. */
const NOWHERE = `http://${LOOPBACK}:1`;

/** bqemulator, from PyPI, with the shim before it. It keeps everything in memory. */
export const bigquery: Engine = {
  name: 'bigquery',
  ports: 2,
  async find(say) {
    const { python, home } = await pythonEnvironment(say);
    return {
      command: ([rest, storage]) => [python, '-m', 'bqemulator', 'start', '--ephemeral', '--project', PROJECT, '--rest-host', LOOPBACK, '--rest-port', String(rest), '--grpc-host', LOOPBACK, '--grpc-port', String(storage), '--log-level', 'warning'],
      environment: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, HTTP_PROXY: NOWHERE, http_proxy: NOWHERE },
      async check([rest, storage]) {
        const answer = (await askEngine(rest, `/bigquery/v2/projects/${PROJECT}/queries`, { query: 'SELECT 1 AS one', useLegacySql: false })) as { rows?: { f: { v: string }[] }[] };
        if (answer.rows?.[0]?.f[0].v !== '1') throw new Error('SELECT 1 is not 1');
        await connects(storage);
      },
      async open([rest, storage]) {
        const shim = await startBigqueryShim({ upstream_port: rest, port: 0, clock: systemClock });
        return {
          variables: {
            BIGQUERY_EMULATOR_HOST: `http://${LOOPBACK}:${shim.port}/bigquery/v2`,
            BIGQUERY_STORAGE_EMULATOR_HOST: `${LOOPBACK}:${storage}`,
            PAYMENTS_TEST_PYTHON: python,
          },
          close: shim.close,
        };
      },
    };
  },
};

/** The Storage API speaks gRPC only; its process is the one that answers REST. */
function connects(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: LOOPBACK, port, timeout: CHECK_MILLISECONDS });
    socket.once('connect', () => resolve(void socket.end())).once('error', reject).once('timeout', () => reject(new Error('no answer')));
  });
}
