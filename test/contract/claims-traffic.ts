import type { ClaimRequest } from '../../functions/ports.ts';
import { seeded } from '../support/books-in-test.ts';
import type { Lane } from './claims-lanes.ts';
import { claimRequest } from './claims-model.ts';

/** Messages that all want one payment, one for each handler. */
export function oneForAll(handlers: number): Lane[] {
  return Array.from({ length: handlers }, (_, n) => [[claimRequest('t', `m${n}`)]]);
}

/** Handlers that want some payments, with messages that come several times and to several of them, some with other amounts, in batches. */
export function mixed(seed: number, handlers: number, batches: number, payments: number): Lane[] {
  const below = seeded(seed);
  const message = (): ClaimRequest => {
    const payment = below(payments);
    const copy = below(4);
    return claimRequest(`t${payment}`, `m${payment}-${copy}`, copy === 3 ? '11' : '10', `data ${below(10) === 0 ? 'other' : copy}`);
  };
  return Array.from({ length: handlers }, () => Array.from({ length: batches }, () => Array.from({ length: 1 + below(4) }, message)));
}
