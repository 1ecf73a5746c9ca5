import type { v1 } from '@google-cloud/pubsub';
import type { Micros } from '../../payment/time.ts';
import type { ArchivedMessage, Redrive } from '../../ports.ts';
import { readPushEnvelope } from './push-envelope.ts';

/** Messages pulled at a time. Prevents a slow publishing from outliving the time in which they are ours. */
const PULL_AT_ONCE = 50;
/** Milliseconds that a pull waits for messages. Prevents an empty subscription from looking like a slow one. */
const PULL_MILLISECONDS = 5_000;
/** gRPC's code of a pull that found nothing in time. */
const DEADLINE_EXCEEDED = 4;

/** A dead letter as it waits for people. */
export interface ParkedMessage {
  readonly ack_id: string;
  readonly message: ArchivedMessage;
}

/** The pull subscription of the dead letters, and what is believed of them. Names are `projects/P/subscriptions/S`. */
export interface ParkedPlace {
  readonly subscription: string;
  readonly redrive_subscription: string;
  readonly now: () => Micros;
}

export interface DeadLetters {
  /** Looks at some, and gives them back at once. */
  list(most: number): Promise<ArchivedMessage[]>;
  /** Publishes up to so many again, and takes each away only when it is published. Gives how many; rejects where one could not be, and leaves it. */
  redrive(redrive: Redrive, most: number): Promise<number>;
}

/** Dead letters behind a pull subscription. */
export function deadLetters(client: InstanceType<typeof v1.SubscriberClient>, place: ParkedPlace): DeadLetters {
  const { subscription } = place;
  const giveBack = async (parked: readonly ParkedMessage[]) => {
    if (parked.length > 0) await client.modifyAckDeadline({ subscription, ackIds: parked.map(({ ack_id }) => ack_id), ackDeadlineSeconds: 0 });
  };
  return {
    async list(most) {
      const held: ParkedMessage[] = [];
      try {
        for (;;) {
          const pulled = await pull(client, place, Math.min(PULL_AT_ONCE, most - held.length));
          held.push(...pulled);
          if (pulled.length === 0 || held.length >= most) return held.map(({ message }) => message);
        }
      } finally {
        await giveBack(held);
      }
    },
    async redrive(redrive, most) {
      for (let published = 0; ; ) {
        const pulled = published < most ? await pull(client, place, Math.min(PULL_AT_ONCE, most - published)) : [];
        if (pulled.length === 0) return published;
        try {
          await redrive.publishAgain(pulled.map(({ message }) => message));
        } catch (error) {
          await giveBack(pulled);
          throw error;
        }
        await client.acknowledge({ subscription, ackIds: pulled.map(({ ack_id }) => ack_id) });
        published += pulled.length;
      }
    },
  };
}

async function pull(client: InstanceType<typeof v1.SubscriberClient>, place: ParkedPlace, maxMessages: number): Promise<ParkedMessage[]> {
  try {
    const [{ receivedMessages }] = await client.pull({ subscription: place.subscription, maxMessages }, { timeout: PULL_MILLISECONDS, maxRetries: 0 });
    return (receivedMessages ?? []).map(({ ackId, message }) => ({ ack_id: ackId!, message: asArchived(message ?? {}, place) }));
  } catch (error) {
    if ((error as { code?: unknown }).code === DEADLINE_EXCEEDED) return [];
    throw error;
  }
}

type Pulled = { readonly messageId?: string | null; readonly data?: Uint8Array | string | null; readonly attributes?: Readonly<Record<string, string>> | null; readonly publishTime?: { seconds?: unknown; nanos?: number | null } | null };

/** By the very rules of the function that keeps dead letters: the same id, time and origin. */
function asArchived({ messageId, data, attributes, publishTime }: Pulled, { subscription, redrive_subscription, now }: ParkedPlace): ArchivedMessage {
  const bytes = Buffer.from((data ?? '') as Uint8Array);
  const time = new Date(Number(publishTime?.seconds ?? 0) * 1_000).toISOString().replace(/\.\d+Z$/, `.${String(publishTime?.nanos ?? 0).padStart(9, '0')}Z`);
  const envelope = { message: { messageId, publishTime: time, attributes: attributes ?? {}, data: bytes.toString('base64') } };
  const read = readPushEnvelope(Buffer.from(JSON.stringify(envelope)), { source: subscription, received_at: now(), believes_redrive: false, dead_letter: true, redrive_subscription });
  return { message_id: read.redrive_of ?? read.message_id, data: read.data, attributes: read.attributes, published_at: read.published_at, dead_letter_published_at: read.dead_letter_published_at };
}
