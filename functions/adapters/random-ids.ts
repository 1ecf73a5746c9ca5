import { randomUUID } from 'node:crypto';
import type { Ids } from '../ports.ts';

/** Random ids (UUID version 4). */
export const randomIds: Ids = { next: () => randomUUID() };
