/** The three blocks that are reserved for documentation (RFC 5737), and the countries that the fraud rule gives them. */
const BLOCKS = [
  { network: '192.0.2', country: 'DE' },
  { network: '198.51.100', country: 'US' },
  { network: '203.0.113', country: 'JP' },
] as const;

/** The address from which a customer buys. */
export interface Address {
  readonly text: string;
  /** It is used in another country than the sale's. */
  readonly abroad: boolean;
}

/**
 * A customer's address: in a block of the sale's country where there is one, else in the IPv6 prefix for documentation (RFC 3849), which
 * has no country; of a share of the customers, in another country's block. Follows from the number: no random number is drawn.
 */
export function addressOf(customer: number, country: string, shareAbroad: number): Address {
  const mixed = mix(customer);
  const others = BLOCKS.filter((block) => block.country !== country);
  const abroad = mixed / 0x1_0000_0000 < shareAbroad;
  const block = abroad ? others[customer % others.length] : BLOCKS.find((one) => one.country === country);
  return { text: block === undefined ? `2001:db8::${(mixed & 0xffff).toString(16)}` : `${block.network}.${mixed & 0xff}`, abroad };
}

/** 32 bits that depend on all of the number's (the end of MurmurHash3). */
function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
