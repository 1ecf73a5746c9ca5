import { BIGQUERY_CHECKS } from './bigquery.ts';
import type { Check } from './check.ts';
import { FIRESTORE_CHECKS } from './firestore.ts';
import { LOG_CHECKS } from './log.ts';
import { PUBSUB_CHECKS } from './pubsub.ts';
import { PUSH_CHECKS } from './push.ts';
import { RUNNING_CHECKS } from './running.ts';

/** Every check of docs/not-verified-locally.md that can be asked by itself, in the order of that page. */
export const CHECKS: readonly Check[] = [...PUSH_CHECKS, ...PUBSUB_CHECKS, ...FIRESTORE_CHECKS, ...BIGQUERY_CHECKS, ...LOG_CHECKS, ...RUNNING_CHECKS];
