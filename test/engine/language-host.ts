import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb.js';
import type * as messages from '@pulumi/pulumi/proto/language_pb.js';
import languageMessages from '@pulumi/pulumi/proto/language_pb.js';
import pluginMessages from '@pulumi/pulumi/proto/plugin_pb.js';
import { answering, type Properties, propertiesOf, type Served, serve } from './protocol.ts';

/** Runs programs: the package of Pulumi that the program itself uses has this. */
const RUN = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run');
/** The exit code of a program whose fault has been told to the engine already. */
const BAIL = 32;
/** Bytes of a program's output that are kept for the message of a failure. */
const KEPT = 10_000;

/**
 * Serves what starts programs in Node, in place of the official `pulumi-language-nodejs`; a CLI uses it where `PULUMI_DEBUG_LANGUAGES`
 * names its port. The official one comes with a released CLI only, not with one that is built from source, and would look for a provider
 * to install. So it isn't used beside a user's own CLI either: there is one way, and it is the one that is tested. It does what the
 * official one does to start a program: the same entry point, options, folder and variables.
 */
export function serveLanguageHost(environment: NodeJS.ProcessEnv): Promise<Served> {
  let engine = '';
  return serve((server) =>
    server.addService(LanguageRuntimeService, {
      handshake: answering((request: messages.LanguageHandshakeRequest) => {
        engine = request.getEngineAddress();
        return new languageMessages.LanguageHandshakeResponse();
      }),
      getPluginInfo: answering(() => new pluginMessages.PluginInfo().setVersion('1.0.0')),
      getRequiredPackages: answering(() => new languageMessages.GetRequiredPackagesResponse()),
      getRequiredPlugins: answering(() => new languageMessages.GetRequiredPluginsResponse()),
      run: answering((request: messages.RunRequest, call) => run(request, { engine, environment, whenCancelled: (stop) => call.on('cancelled', stop) })),
    }),
  );
}

/** What a program needs beside the engine's request. */
interface Surroundings {
  /** Where the engine listens. */
  readonly engine: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly whenCancelled: (stop: () => void) => void;
}

function run(request: messages.RunRequest, { engine, environment, whenCancelled }: Surroundings): Promise<messages.RunResponse> {
  const information = request.getInfo()!;
  const options: Record<string, string> = {
    monitor: request.getMonitorAddress(), engine, organization: request.getOrganization(), project: request.getProject(), 'root-directory': information.getRootDirectory(), stack: request.getStack(),
    pwd: request.getPwd(), parallel: String(request.getParallel()),
  };
  const parameters = [RUN, ...Object.entries(options).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])), ...(request.getDryrun() ? ['--dry-run'] : []), information.getEntryPoint(), ...request.getArgsList()];
  const variables = {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(isCompiled(propertiesOf(information.getOptions()))),
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...parameters], { cwd: information.getProgramDirectory(), env: { ...environment, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  whenCancelled(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-KEPT)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const response = new languageMessages.RunResponse();
      if (code === BAIL) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with ${signal ?? code}:\n${output}`);
      resolve(response);
    });
  });
}

/** Pulumi compiles TypeScript unless Pulumi.yaml says that it must not. */
function isCompiled(options: Properties): boolean {
  return options.typescript !== false;
}
