import type { FraudFacts } from './facts.ts';
import { sameCountry } from './same-country.ts';

interface AddressBlock {
  readonly first: number;
  readonly last: number;
  readonly country: string;
}

/**
 * Blocks of IPv4 addresses and the country that they are used in, sorted, not overlapping. What is built in are the three blocks that
 * RFC 5737 reserves for documentation, given countries for the simulator and the tests: real traffic never comes from them. To judge
 * real traffic, put in the blocks of a registry's or vendor's list: `block('81.2.69.0', 24, 'GB')`.
 */
const BLOCKS: readonly AddressBlock[] = [block('192.0.2.0', 24, 'DE'), block('198.51.100.0', 24, 'US'), block('203.0.113.0', 24, 'JP')];

/** 25 points where the address is used in another country than the payment's. Nothing for addresses in no block, IPv6 included. */
export function ipCountryDiffers({ payment }: FraudFacts): number {
  const { ip_address: text, country } = payment;
  if (text === null || country === null) return 0;
  const address = parseIpv4(text);
  if (address === null) return 0;
  const used = countryOf(address);
  return used === null || sameCountry(used, country) ? 0 : 25;
}

/** The number that a dotted address writes, or null where the text is none. */
export function parseIpv4(text: string): number | null {
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57 && digits < 3) {
      part = part * 10 + code - 48;
      digits++;
    } else if (code === 46 && digits > 0 && part <= 255 && dots < 3) {
      address = address * 256 + part;
      part = 0;
      digits = 0;
      dots++;
    } else return null;
  }
  return dots === 3 && digits > 0 && part <= 255 ? address * 256 + part : null;
}

function countryOf(address: number): string | null {
  let low = 0;
  let high = BLOCKS.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = BLOCKS[middle]!;
    if (address < candidate.first) high = middle - 1;
    else if (address > candidate.last) low = middle + 1;
    else return candidate.country;
  }
  return null;
}

function block(network: string, prefixLength: number, country: string): AddressBlock {
  const first = parseIpv4(network);
  if (first === null) throw new Error(`${network} is no IPv4 address.`);
  return { first, last: first + 2 ** (32 - prefixLength) - 1, country };
}
