import { paymentText } from '../payment-text.ts';
import type { Movement } from '../movement.ts';
import type { Cluster, Plant } from '../plan.ts';
import { plantedSale, publishOnce, type Stage } from '../stage.ts';
import { DAY, dateText, timeText } from '../time-text.ts';

type Change = (sale: Movement, at: number) => Movement;

const withId = (change: (id: string) => string): Change => (sale) => ({ ...sale, transaction_id: change(sale.transaction_id) });

/** Payments that look wrong and are right. */
const ODDITIES: Readonly<Record<string, Change>> = {
  id_with_slashes_and_dots: withId((id) => `../${id}/./..`),
  id_of_200_characters: withId((id) => id.padEnd(200, '-x')),
  id_with_blanks_around: withId((id) => `  ${id} `),
  id_of_emoji: withId((id) => `${id}-\u{1f4b6}\u{fb01}`),
  id_that_quotes: withId((id) => `${id}'";--\\`),
  id_of_the_prototype: (sale) => ({ ...sale, customer_id: '__proto__' }),
  leap_second: leapSecond,
  nanoseconds: (sale) => ({ ...sale, offset: null, event_text: timeText(sale.event_time, null, 6).replace('Z', '789Z') }),
  last_microsecond_of_the_day: (sale, at) => lastMicrosecond(sale, Math.floor(at / DAY) - 1),
  offset_into_another_day: (sale) => ({ ...sale, offset: 840 }),
  unknown_fields: (sale) => ({ ...sale, fields: { checkout_version: '2024.2', experiment: 'B' } }),
};

/** Pairs of payments whose ids people and careless programs take for one. */
const PAIRS: Readonly<Record<string, readonly [Change, Change]>> = {
  ids_differing_in_normal_form: [withId((id) => `${id}-caf\u00e9`), withId((id) => `${id}-cafe\u0301`)],
  ids_differing_in_case: [withId((id) => `${id}-a`), withId((id) => `${id}-A`)],
  ids_differing_in_a_blank: [withId((id) => id), withId((id) => `${id} `)],
};

/** Good payments in strange wrapping: how their text or their envelope is written. */
const WRAPPINGS: Readonly<Record<string, (stage: Stage, sale: Movement, fault: string) => void>> = {
  prototype_key_in_metadata: (stage, sale, fault) => withText(stage, sale, fault, (text) => `${text.slice(0, -1)},"metadata":{"__proto__":"x","constructor":"y"}}`),
  white_space_around: (stage, sale, fault) => withText(stage, sale, fault, (text) => ` ${JSON.stringify(JSON.parse(text), null, 2)}\n`),
  message_id_as_number: (stage, sale, fault) => withLine(stage, sale, fault, { messageId: 17 }),
  message_id_missing: (stage, sale, fault) => withLine(stage, sale, fault, {}),
  message_id_empty: (stage, sale, fault) => withLine(stage, sale, fault, { messageId: '' }),
  message_id_in_snake_case: (stage, sale, fault) => withLine(stage, sale, fault, null),
};

const COUNT = Object.keys(ODDITIES).length + Object.keys(PAIRS).length + Object.keys(WRAPPINGS).length;

/** One sort of oddity a plant. */
export const ODD_PLANTS: readonly Plant[] = [
  ...Object.entries(ODDITIES).map(([name, change]) => plant(name, (stage, at, cluster) => publishOdd(stage, name, change(bare(stage, at, cluster), at), at))),
  ...Object.entries(PAIRS).map(([name, [one, other]]) => plant(name, (stage, at, cluster) => publishPair(stage, name, one, other, at, cluster))),
  ...Object.entries(WRAPPINGS).map(([name, wrap]) => plant(name, (stage, at, cluster) => wrap(stage, bare(stage, at, cluster), name))),
];

function plant(name: string, run: Plant['run']): Plant {
  return {
    name,
    rate: 'odd_but_valid',
    part: 1 / COUNT,
    together: 3,
    minutes: 30,
    run: (stage, at, cluster) => {
      stage.world.tally.count('odd_but_valid');
      run(stage, at, cluster);
    },
  };
}

/** A sale without metadata, which some oddities write by hand. */
function bare(stage: Stage, at: number, cluster: Cluster): Movement {
  return { ...plantedSale(stage, at, cluster), metadata: null };
}

function publishOdd(stage: Stage, fault: string, sale: Movement, at: number): void {
  publishOnce(stage, fault, sale, { at });
}

/** The second has the id of the first but for what the two changes make of it. */
function publishPair(stage: Stage, fault: string, one: Change, other: Change, at: number, cluster: Cluster): void {
  const sale = bare(stage, at, cluster);
  publishOdd(stage, fault, one(sale, at), at);
  stage.followUps.add({ at, run: (then) => publishOdd(stage, fault, { ...other(sale, at), identity: { posted: null } }, then) });
}

function withText(stage: Stage, sale: Movement, fault: string, change: (text: string) => string): void {
  stage.publisher.publish(sale, { data: change(paymentText(sale)), faults: [fault], once: true });
}

/** An envelope without a usable `messageId`; null for one that has `message_id` in its place. */
function withLine(stage: Stage, sale: Movement, fault: string, id: { readonly messageId?: string | number } | null): void {
  const draft = stage.publisher.draft(sale, { faults: [fault], once: true });
  const message = { data: Buffer.from(draft.data as string).toString('base64'), publishTime: timeText(draft.published_at, null, 3), ...(id ?? { message_id: draft.message_id }) };
  stage.publisher.deliver({ ...draft, message_id: id === null ? draft.message_id : '', line: JSON.stringify({ message }) });
}

/** 23:59:60 is the first second of the next day. */
function leapSecond(sale: Movement, at: number): Movement {
  const day = Math.floor(at / DAY);
  return { ...sale, offset: null, event_time: day * DAY, event_text: `${dateText(day - 1)}T23:59:60Z` };
}

function lastMicrosecond(sale: Movement, day: number): Movement {
  const event_time = (day + 1) * DAY - 1;
  return { ...sale, offset: null, event_time, event_text: timeText(event_time, null, 6) };
}
