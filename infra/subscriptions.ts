import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { FunctionName } from '../functions/deployed/function-variables.ts';
import type { After, Context } from './context.ts';
import { accountEmail, ACCOUNTS, serviceAddress, SUBSCRIPTIONS } from './names.ts';
import { LONGEST_RETENTION, subscription } from './subscription.ts';
import type { Topics } from './topics.ts';

/** Who may wait for whom. */
export interface SubscriptionsAfter {
  /** A push is refused, and counts as an attempt, until the function is there and may be called. */
  readonly pushed: After;
}

/** Where every message goes. Pushes are requests to HTTP functions under OIDC: an event trigger would have a subscription of its own, without dead letters, that drops what fails. */
export class Subscriptions extends pulumi.ComponentResource {
  readonly process: gcp.pubsub.Subscription;
  readonly redrive: gcp.pubsub.Subscription;
  readonly keep: gcp.pubsub.Subscription;
  readonly parked: gcp.pubsub.Subscription;
  readonly archive_parked: gcp.pubsub.Subscription;

  constructor(context: Context, topics: Topics, { pushed }: SubscriptionsAfter) {
    super('payments:gcp:Subscriptions', 'subscriptions');
    const { message_retention } = context.configuration;
    const { payments, redrive, dead_letters, archive_dead_letters } = topics;
    const push = (name: FunctionName) => ({ pushConfig: pushTo(context, name) });
    // First those that keep what would be lost otherwise.
    this.parked = subscription(context, this, SUBSCRIPTIONS.parked, { topic: dead_letters, retention: LONGEST_RETENTION }, []);
    this.archive_parked = subscription(context, this, SUBSCRIPTIONS.archive_parked, { topic: archive_dead_letters, retention: LONGEST_RETENTION }, []);
    this.keep = subscription(context, this, SUBSCRIPTIONS.keep, { topic: dead_letters, retention: LONGEST_RETENTION, ...push('keepDeadLetter') }, pushed);
    const consumed = [...pushed, this.keep, this.parked];
    this.process = subscription(context, this, SUBSCRIPTIONS.process, { topic: payments, retention: message_retention, dead_letters, ...push('processPayment') }, consumed);
    this.redrive = subscription(context, this, SUBSCRIPTIONS.redrive, { topic: redrive, retention: message_retention, dead_letters, ...push('processRedrive') }, consumed);
    this.registerOutputs();
  }

  all(): gcp.pubsub.Subscription[] {
    return Object.values(this.byName());
  }

  byName(): Record<string, gcp.pubsub.Subscription> {
    const { process, redrive, keep, parked, archive_parked } = this;
    return Object.fromEntries(Object.entries({ process, redrive, keep, parked, archive_parked }).map(([field, one]) => [SUBSCRIPTIONS[field as keyof typeof SUBSCRIPTIONS], one]));
  }
}

/** One address, as endpoint and as audience: the function compares it. */
function pushTo({ configuration, project_number }: Context, name: FunctionName): gcp.pubsub.SubscriptionArgs['pushConfig'] {
  const address = project_number.apply((number) => serviceAddress(name, number, configuration.region));
  return { pushEndpoint: address, oidcToken: { serviceAccountEmail: accountEmail(ACCOUNTS.push, configuration.project), audience: address } };
}
