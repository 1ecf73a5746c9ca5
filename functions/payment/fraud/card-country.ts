import type { FraudFacts } from './facts.ts';
import { sameCountry } from './same-country.ts';

/** 15 points where the card was issued in another country than the payment's. Nothing where either is unknown. */
export function cardCountryDiffers({ payment }: FraudFacts): number {
  const { card_country: card, country } = payment;
  return card === null || country === null || sameCountry(card, country) ? 0 : 15;
}
