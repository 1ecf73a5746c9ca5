import { amountRound } from './amount-round.ts';
import { amountUnusual } from './amount-unusual.ts';
import { cardCountryDiffers } from './card-country.ts';
import type { FraudRule, ScoredPayment } from './facts.ts';
import { ipCountryDiffers } from './ip-country.ts';
import { nightHours } from './night-hours.ts';

/** What the fraud rules make of a payment. 0 is nothing suspicious, 100 is the most. */
export interface FraudScore {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly rules_version: string;
}

/** Changes with every change of a rule or its points, so that scores of different days can be told apart. */
export const RULES_VERSION = '2';

/** Every rule by the name that it gives as its reason, in the order of the reasons. A new rule is a file and a line here. */
export const FRAUD_RULES: readonly (readonly [reason: string, rule: FraudRule])[] = [
  ['amount_unusual', amountUnusual],
  ['amount_round', amountRound],
  ['night_hours', nightHours],
  ['ip_country_differs', ipCountryDiffers],
  ['card_country_differs', cardCountryDiffers],
];

const HIGHEST = 100;
const NOT_SUSPICIOUS: FraudScore = { score: 0, reasons: [], rules_version: RULES_VERSION };

/** Adds up the points of all rules, 100 at most. The same payment always gives the same score. */
export function scorePayment(payment: ScoredPayment, rules: typeof FRAUD_RULES = FRAUD_RULES): FraudScore {
  const facts = { payment };
  let score = 0;
  let reasons: string[] | null = null;
  for (const [reason, rule] of rules) {
    const points = rule(facts);
    if (points === 0) continue;
    score += points;
    reasons ??= [];
    reasons.push(reason);
  }
  return reasons === null ? NOT_SUSPICIOUS : { score: Math.min(score, HIGHEST), reasons, rules_version: RULES_VERSION };
}
