/** Card networks by the first digits of the number, and the lengths that they issue (ISO/IEC 7812; the networks' published ranges). */
const NETWORKS: readonly { readonly name: string; readonly first: string; readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { name: 'Visa', first: '4', prefix: /^4/, lengths: [13, 16, 19] },
  { name: 'Mastercard', first: '25', prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { name: 'American Express', first: '3', prefix: /^3[47]/, lengths: [15] },
  { name: 'Diners Club', first: '3', prefix: /^(30[0-5]|3095|36|3[89])/, lengths: [14, 16, 17, 18, 19] },
  { name: 'Discover', first: '6', prefix: /^(6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { name: 'JCB', first: '3', prefix: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { name: 'UnionPay', first: '68', prefix: /^(62|81)/, lengths: [16, 17, 18, 19] },
  { name: 'Maestro', first: '56', prefix: /^(5018|5020|5038|5893|6304|6759|676[123])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { name: 'Mir', first: '2', prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
  { name: 'RuPay', first: '5683', prefix: /^(508[5-9]|60|82|353|356)/, lengths: [16] },
  { name: 'Troy', first: '9', prefix: /^9792/, lengths: [16] },
];

const SHORTEST = 12;
const LONGEST = 19;
/** Twelve digits or more, with at most one space or dash between any two. */
const DIGIT_RUN = /\d(?:[ -]?\d){11,}/g;

/** The networks by the first digit of their numbers. */
const BY_FIRST_DIGIT: readonly (typeof NETWORKS)[] = Array.from('0123456789', (digit) => NETWORKS.filter((network) => network.first.includes(digit)));

function networksOf(digits: string): typeof NETWORKS {
  return BY_FIRST_DIGIT[digits.charCodeAt(0) - 48] ?? [];
}

/** True where the digits have a network's prefix and length, and a right check digit. */
export function isCardNumber(digits: string): boolean {
  return isNumberOf(networksOf(digits), digits);
}

function isNumberOf(networks: typeof NETWORKS, digits: string): boolean {
  return networks.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) && passesLuhn(digits);
}

/** The check of ISO/IEC 7812-1 annex B: every second digit from the right doubled, the sum of all digits a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at--, twice = !twice) {
    const digit = digits.charCodeAt(at) - 48;
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** The text with every card number in it masked: first six and last four digits stay (`411111******1111`). The same text where there is none. */
export function maskCardNumbers(text: string): string {
  if (text.length < SHORTEST) return text;
  return text.replace(DIGIT_RUN, maskRun);
}

/** Masks card numbers in one run of digit groups. A number begins and ends at a group's edge: a longer unbroken run is something else. */
function maskRun(run: string): string {
  const groups = run.split(/[ -]/);
  const separators = run.match(/[ -]/g) ?? [];
  let masked = '';
  let at = 0;
  while (at < groups.length) {
    const end = endOfCardNumber(groups, at);
    masked += end > at ? maskDigits(groups.slice(at, end).join('')) : groups[at];
    at = end > at ? end : at + 1;
    if (at < groups.length) masked += separators[at - 1];
  }
  return masked;
}

/** One past the last group of the longest card number that begins at a group; the group itself where none does. */
function endOfCardNumber(groups: readonly string[], start: number): number {
  let digits = '';
  let end = start;
  const networks = networksOf(groups[start]!);
  if (networks.length === 0) return end;
  for (let at = start; at < groups.length && digits.length + groups[at]!.length <= LONGEST; at++) {
    digits += groups[at];
    if (digits.length >= SHORTEST && isNumberOf(networks, digits)) end = at + 1;
  }
  return end;
}

function maskDigits(digits: string): string {
  return `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`;
}
