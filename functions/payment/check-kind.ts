import type { Fault } from './fault.ts';
import { describe, fault } from './found.ts';
import { SIGN_OF_KIND, type Kind } from './kind.ts';

/** Steps of a card payment in which no money moves, in the words of PSPs and card schemes. Each begins like one of these. */
const MOVES_NO_MONEY = /^(auth|pre_?auth|void|cancel|declin|pending|verif|account_?check|hold)/i;

/** Reads `kind`; left out or null it is `payment`. Adds a fault and answers null for any other. */
export function checkKind(value: unknown, faults: Fault[]): Kind | null {
  if (value === undefined || value === null) return 'payment';
  if (typeof value === 'string' && Object.hasOwn(SIGN_OF_KIND, value)) return value as Kind;
  if (typeof value !== 'string') faults.push(fault('wrong_type', 'kind', describe(value), 'Send the kind as a text, e.g. "refund".'));
  else faults.push(fault(MOVES_NO_MONEY.test(value) ? 'kind_moves_no_money' : 'kind_unknown', 'kind', describe(value)));
  return null;
}
