import { createHash } from 'node:crypto';
import type { Draw } from './draw.ts';

/** What a payment says, and its bytes as published. */
export interface Payload {
  readonly data: Buffer;
  readonly sha256: string;
  readonly facts: Facts;
}

export interface Facts {
  readonly transaction_id: string;
  readonly kind: string;
  readonly currency: string;
  readonly exponent: number;
  readonly minor: bigint;
  readonly producer: string | null;
}

export const TRANSACTION_IDS = ['T-1', 'T-2', 't-1', 'ü✓😀', "o'd\"d\\", 'T-1 ', ''];
export const KINDS = ['payment', 'payment', 'refund', 'refund_reversal', 'chargeback', 'chargeback_reversal', 'second_chargeback', 'fee', 'payout'];
const CURRENCIES: readonly (readonly [string, number])[] = [['EUR', 2], ['JPY', 0], ['BHD', 3], ['UYW', 4]];
const MINORS = [0n, 1n, 10n, 999n, 100_000_000_001n, 999_999_999_999_999n, 1_000_000_000_000_000n];

export const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

/** The amount in billionths of the major unit. */
export function billionths({ minor, exponent }: Facts): string {
  return String(minor * 10n ** BigInt(9 - exponent));
}

/** Is money taken from the books? */
export function effect({ kind, minor }: Facts): bigint {
  return ['payment', 'refund_reversal', 'chargeback_reversal'].includes(kind) ? minor : -minor;
}

/** A payment as producers publish it, or, now and then, something that looks like one. */
export function payload(draw: Draw): Payload {
  const facts = factsOf(draw, draw.onceIn(2) ? draw.one(TRANSACTION_IDS) : draw.one(TRANSACTION_IDS.slice(0, 2)));
  const data = draw.onceIn(3) ? oddText(draw, facts) : Buffer.from(goodText(draw, facts));
  return { data, sha256: hash(data), facts };
}

/** A good payment of that id. */
export function goodPayload(draw: Draw, transaction_id: string): Payload {
  const facts = factsOf(draw, transaction_id);
  const data = Buffer.from(goodText(draw, facts));
  return { data, sha256: hash(data), facts };
}

function factsOf(draw: Draw, transaction_id: string): Facts {
  const [currency, exponent] = draw.one(CURRENCIES);
  return { transaction_id, kind: draw.one(KINDS), currency, exponent, minor: draw.one(MINORS), producer: draw.one(['p1', 'p2', null]) };
}

function decimal({ minor, exponent }: Facts, zeros: number): string {
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent) + '0'.repeat(zeros);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function goodText(draw: Draw, facts: Facts): string {
  const money = draw.onceIn(3) ? { amount_minor: Number(facts.minor), amount_exponent: facts.exponent } : { amount: decimal(facts, draw.below(3)) };
  const kind = facts.kind === 'payment' && draw.onceIn(2) ? {} : { kind: facts.kind };
  const text = JSON.stringify({ transaction_id: facts.transaction_id, ...kind, ...money, currency: facts.currency, note: draw.one(['', 'again', '\u0000\u2028/\\"', '😀']) }, null, draw.below(2));
  return draw.onceIn(4) ? text.replaceAll('currency', '\\u0063urrency').replaceAll('/', '\\/') : text;
}

const AMOUNTS = ['""', '"1e3"', '" 5 "', '"+5"', '"-5"', '"0x10"', '"1_000"', '"1,5"', '".5"', '"5."', '"00012.50"', '"0.0000000004"', '"0.0000000005"', '"999999999.9999999999"', '"1000000000000000"', '"1000000000000000.000000001"',
  '"99999999999999999999999999999"', '"100000000000000000000000000000"', '"1e29"', '"1e30"', '"NaN"', '"inf"', '"１２"', '"5\\u0000"', '"5\\n"', '10.50', '1e2', '12345678901234567890.5', '0.1', '-0', 'true', 'null', '{}', '["5"]', '{"a":"5"}'];
const MINOR_TEXTS = ['12', '"12"', '12.5', '"12.5"', '"12.0"', '12.0', '1e3', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '"0x1F"', '"+7"', '" 7"', '"7_0"', '""', 'null', 'true', '-5'];
const EXPONENTS = ['0', '1', '2', '3', '4', '5', '"2"', '2.0', 'null', '"02"'];
const IDS = ['"T-1"', '"T-1\\u0020"', '1.50', '1e5', 'true', 'null', '{}', '[]', '""', '"\\ud83d\\ude00"', '"\\u00fc\\u2713\\ud83d\\ude00"', '"a\\u0000b"', '"\\/"'];
const CODES = ['"EUR"', '"eur"', '"EURO"', '""', '"ЕUR"', '"😀😀😀"', '123', 'null', '["EUR"]'];
const KIND_TEXTS = ['"payment"', '"Payment"', '"authorisation"', '""', 'null', '5', '"refund"', '{"x":1}'];

/** What the pipeline mostly rejects: broken, doubled, nested, in other types, not JSON, not text. */
function oddText(draw: Draw, facts: Facts): Buffer {
  const members = [
    `"transaction_id":${draw.one(IDS)}`, `"kind":${draw.one(KIND_TEXTS)}`, `"currency":${draw.one(CODES)}`,
    ...draw.one([[`"amount":${draw.one(AMOUNTS)}`], [`"amount_minor":${draw.one(MINOR_TEXTS)}`, `"amount_exponent":${draw.one(EXPONENTS)}`], [`"amount":${draw.one(AMOUNTS)}`, `"amount_minor":5`, '"amount_exponent":2']]),
  ];
  const extra = draw.one(['', '', `"amount":"7.77"`, `"currency":"USD"`, `"metadata":${'['.repeat(30)}${']'.repeat(30)}`, '"metadata":{"amount":"9"}', '"metadata":{"x":1.000000000000000000000000000001}']);
  const text = `{${[...(draw.onceIn(2) ? [extra] : []), ...members, extra].filter((member) => member !== '').join(',')}}`;
  switch (draw.below(16)) {
    case 0:
      return Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0x2c, 0x22, 0x78, 0x22, 0x3a, 0x22, 0xff, 0xc3, 0x22, 0x7d])]); // ,"x":"\xff\xc3"}
    case 1:
      return Buffer.from(text.slice(0, -1)); // cut off
    case 2:
      return Buffer.from(`${text} x`);
    case 3:
      return Buffer.from(`${text.slice(0, -1)},}`);
    case 4:
      return Buffer.from(`[${text}]`);
    case 5:
      return Buffer.from(`${'\ufeff'.repeat(1 + draw.below(2))}${text}`);
    case 6:
      return Buffer.from(` \n${text}\t`);
    case 7:
      return Buffer.from(draw.one(['', ' ', 'null', '"x"', '5', '{}', '[]', '{', 'not JSON', '{"amount":NaN}', "{'amount':'5'}", '{"amount":"5" /* five */}', '{"x":"\\ud800","amount":"5"}', '{"x":"\\q","amount":"5"}', '{"x":01,"amount":"5"}', '{"amount":"5","x":+1}', '{"amount":"5","x":\u00a01}', '{"amount":"5","x":tru}', '{"amount":"5\u0001"}', '{"":"","amount":"5"}']));
    case 8:
      return Buffer.from(`${text.slice(0, -1)},"x":NaN}`);
    case 9:
      return Buffer.from(JSON.stringify({ transaction_id: facts.transaction_id, amount: 5 }));
    default:
      return Buffer.from(text);
  }
}
