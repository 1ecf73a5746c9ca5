import { FUNCTION_NAMES } from '../../functions/deployed/function-variables.ts';
import { accountEmail, ACCOUNTS, serviceAddress, serviceName, SUBSCRIPTIONS, TOPICS } from '../../infra/names.ts';
import { listAt, textAt, textsAt } from '../google/fields.ts';
import { right, unlessFaults, wrong } from '../result.ts';
import type { Asked, Check } from './check.ts';

const NO_IAM = 'no emulator knows IAM, and their pushes carry no token';

/** Statuses of a caller who is not let in: no right, or nothing there to be seen from outside. */
const SHUT_OUT: ReadonlySet<number> = new Set([401, 403, 404]);

/** Where pushes go and with whose token, and what it says of the stack. */
async function pushOf({ google, place: { project } }: Asked): Promise<{ endpoint: string; account: string; audience: string; number: string | null }> {
  const subscription = await google.read('pubsub', `projects/${project}/subscriptions/${SUBSCRIPTIONS.process}`);
  const endpoint = textAt(subscription, 'pushConfig.pushEndpoint') ?? '';
  const number = new RegExp(`^https://${serviceName('processPayment')}-(\\d+)\\.[a-z0-9-]+\\.run\\.app$`).exec(endpoint)?.[1] ?? null;
  return { endpoint, account: textAt(subscription, 'pushConfig.oidcToken.serviceAccountEmail') ?? '', audience: textAt(subscription, 'pushConfig.oidcToken.audience') ?? '', number };
}

/** Who may call, and who may hand dead letters over. */
export const PUSH_CHECKS: readonly Check[] = [
  {
    name: 'push-token',
    asks: 'whether pushes go to process-payment with the token of the push account, made out to that address',
    no_emulator: NO_IAM,
    next: 'docs/runbooks/push-refused.md; `pulumi up` puts the subscription back.',
    async run(asked) {
      const { endpoint, account, audience, number } = await pushOf(asked);
      const expected = accountEmail(ACCOUNTS.push, asked.place.project);
      return unlessFaults(
        [...(number === null ? [`${endpoint || 'nowhere'} is no address of ${serviceName('processPayment')}`] : []), ...(account === expected ? [] : [`the token is of ${account || 'nobody'}, not of ${expected}`]), ...(audience === endpoint ? [] : [`the token is made out to ${audience || 'nobody'}`])],
        `${endpoint}, as ${account}`,
      );
    },
  },
  {
    name: 'strangers-refused',
    asks: 'whether a call without a token is let into no function',
    no_emulator: NO_IAM,
    next: 'Take allUsers and allAuthenticatedUsers out of the service\'s policy at once: `gcloud run services get-iam-policy SERVICE`. A function believes the claims of tokens, as the platform verifies them.',
    async run(asked) {
      const { number, endpoint } = await pushOf(asked);
      if (number === null) return wrong(`${endpoint || 'nowhere'} is no address of a function`);
      // A GET: one that were let in by the platform would be answered 405, and do nothing.
      const answers = await Promise.all(FUNCTION_NAMES.map(async (name) => ({ name, status: await asked.google.statusForStranger(serviceAddress(name, number, asked.place.region)) })));
      return unlessFaults(answers.filter(({ status }) => !SHUT_OUT.has(status)).map(({ name, status }) => `${name} answers ${status}`), `${answers.length} functions answer ${[...new Set(answers.map(({ status }) => status))].join(', ')}`);
    },
  },
  {
    name: 'dead-letter-grants',
    asks: 'whether Pub/Sub may publish dead letters and take them off their subscriptions, without which no message ever becomes one',
    no_emulator: NO_IAM,
    next: '`pulumi up` gives the grants again; docs/runbooks/dead-letters.md.',
    async run(asked) {
      const { google, place: { project } } = asked;
      const { number, endpoint } = await pushOf(asked);
      if (number === null) return wrong(`the project's number is not known from ${endpoint || 'the push subscription'}`);
      const agent = `serviceAccount:service-${number}@gcp-sa-pubsub.iam.gserviceaccount.com`;
      const wanted = [
        ...[TOPICS.dead_letters, TOPICS.archive_dead_letters].map((name) => ({ path: `topics/${name}`, role: 'roles/pubsub.publisher' })),
        ...[SUBSCRIPTIONS.process, SUBSCRIPTIONS.redrive, SUBSCRIPTIONS.archive].map((name) => ({ path: `subscriptions/${name}`, role: 'roles/pubsub.subscriber' })),
      ];
      const faults: string[] = [];
      for (const { path, role } of wanted) {
        const policy = await google.read('pubsub', `projects/${project}/${path}:getIamPolicy`);
        if (!listAt(policy, 'bindings').some((binding) => textAt(binding, 'role') === role && textsAt(binding, 'members').includes(agent))) faults.push(`${agent} has not ${role} on ${path}`);
      }
      return faults.length === 0 ? right(`${wanted.length} grants of ${agent}`) : wrong(faults.join('; '));
    },
  },
];
