import fc from 'fast-check';

const BYTE_ORDER_MARK = '\ufeff';
const TIME = '"event_time":"2026-01-31T23:59:58.123Z"';
const PARTIES = '"customer_id":"c","merchant_id":"m"';

/** Payments in every form that the pipeline takes. */
const GOOD = [
  `{"transaction_id":"pay_1",${TIME},"amount":"1.00","currency":"EUR",${PARTIES}}`,
  `{"transaction_id":"pay_2",${TIME},"kind":"refund","amount_minor":1050,"amount_exponent":2,"currency":"EUR",${PARTIES},"original_transaction_id":"pay_1"}`,
  `{"transaction_id":"pay_3",${TIME},"kind":"chargeback_reversal","amount":"12345678901.5","amount_minor":12345678901500,"amount_exponent":3,"currency":"BHD",${PARTIES}}`,
  `{"transaction_id":"pay_4",${TIME},"kind":null,"amount":null,"amount_minor":0,"amount_exponent":0,"currency":"JPY",${PARTIES},"metadata":{"amount":"9","kind":"fee","currency":"USD","transaction_id":"x"}}`,
  `{"\\u0074ransaction_id":"p\\u00e4y\\/5\\ud83d\\ude00",${TIME},"kind":"pay\\u006fut","\\u0061mount":"1\\u0030.5","currenc\\u0079":"E\\u0055R",${PARTIES}}`,
  ` { "transaction_id" : " p\u00e4y 6 " , "event_time" : "2026-01-31T23:59:58Z" , "amount" : "999999999999999.000000000000000000" , "currency" : "ISK" , "customer_id" : "c" , "merchant_id" : "m" } `,
];

/** Before or behind the whole text. */
const AROUND = [BYTE_ORDER_MARK, BYTE_ORDER_MARK, ' ', '\t', '\r', '\u00a0', '\0', '\u200b', '\ufffe'];

/** A member that may stand in place of another, or beside it. */
const MEMBERS = [
  '"amount":"1"', '"amount":"1.0"', '"amount":"01"', '"amount":"1e1"', '"amount":" 1"', '"amount":"1."', '"amount":".5"', '"amount":"+1"', '"amount":"-1"', '"amount":"1_0"', '"amount":"１"', '"amount":1', '"amount":""', '"amount":null', '"amount":"0.00"', '"amount":"1.000000000000000000"', '"amount":"1.000000000000000001"', '"amount":"1000000000000000"', '"amount":"\ufeff1"',
  '"amount_minor":5,"amount_exponent":2', '"amount_minor":100,"amount_exponent":2', '"amount_minor":1e2,"amount_exponent":2', '"amount_minor":100.0,"amount_exponent":2', '"amount_minor":"100","amount_exponent":2', '"amount_minor":-0,"amount_exponent":2', '"amount_minor":1000000000000000,"amount_exponent":2', '"amount_minor":9007199254740993,"amount_exponent":2', '"amount_minor":null,"amount_exponent":2', '"amount_minor":5,"amount_exponent":2.0', '"amount_minor":null,"amount_exponent":null',
  '"kind":"refund"', '"kind":""', '"kind":" payment"', '"kind":"Payment"', '"kind":"fee\ufeff"', '"kind":true', '"currency":"eur"', '"currency":"EUR "', '"currency":"\ufeffEUR"', '"currency":"KWD"', '"transaction_id":"\ufeffpay"', '"transaction_id":"pay\ufeff"', '"transaction_id":"\u00a0"', '"transaction_id":"a\\u0301"', '"transaction_id":"\u200b"', '"transaction_id":7', '"transaction_id":"9007199254740993"',
  '"":""', '"x":1e300', '"x":-0.0', '"x":[[[[1]]]]', '"$.amount":"7"', '"amount ":"7"', '"Amount":"7"', '"x":"\\u0000"', '"x":"\\ud83d"', '"__proto__":{"amount":"7"}', '"x":12345678901234567890123456789',
];

const nameOf = (member: string) => /^"([^"]*)"/.exec(member)![1];

type Change = (text: string) => string;
const around: fc.Arbitrary<Change> = fc.tuple(fc.constantFrom(...AROUND), fc.boolean()).map(([part, before]) => (text) => (before ? part + text : text + part));
const add: fc.Arbitrary<Change> = fc.tuple(fc.constantFrom(...MEMBERS), fc.boolean()).map(([member, first]) => (text) => (first ? text.replace('{', () => `{${member},`) : text.replace(/\}(?=[^}]*$)/, () => `,${member}}`)));
/** The member of that name is gone (its new name means nothing), and this one is there. */
const replace: fc.Arbitrary<Change> = fc.constantFrom(...MEMBERS).map((member) => (text) => text.replace(`"${nameOf(member)}"`, () => `"old"`).replace('{', () => `{${member},`));
const escape: fc.Arbitrary<Change> = fc.constantFrom('a', 'm', 'E', 'p', '0', '5').map((letter) => (text) => {
  const at = text.lastIndexOf(letter);
  return at < 0 || text[at - 1] === '\\' || /\\u.{0,3}$/.test(text.slice(0, at)) ? text : `${text.slice(0, at)}\\u00${letter.charCodeAt(0).toString(16)}${text.slice(at + 1)}`;
});

/** A payment's text, changed so that it often is a payment still: what two readers could take for different money, or for another payment. */
export const mutatedPayload: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...GOOD), fc.array(fc.oneof({ weight: 3, arbitrary: around }, { weight: 2, arbitrary: add }, { weight: 3, arbitrary: replace }, escape), { maxLength: 3 }))
  .map(([text, changes]) => changes.reduce((changed, apply) => apply(changed), text));

/** A line as both splitters hand it on: bare, or in an envelope. */
export function lineOf(payload: string, bare: boolean): Buffer {
  return Buffer.from(bare ? payload : `{"message":{"messageId":"m","data":"${Buffer.from(payload).toString('base64')}"}}`);
}

/** What was read in two ways once, or could be. */
export const NASTY_PAYLOADS: readonly (readonly [name: string, payload: string])[] = [
  ['as it should be', GOOD[0]],
  ['a byte order mark', BYTE_ORDER_MARK + GOOD[0]],
  ['two byte order marks', BYTE_ORDER_MARK.repeat(2) + GOOD[0]],
  ['a byte order mark behind a blank', ` ${BYTE_ORDER_MARK}${GOOD[0]}`],
  ['a byte order mark at the end', GOOD[0] + BYTE_ORDER_MARK],
  ['a byte order mark and minor units', BYTE_ORDER_MARK + GOOD[1]],
  ['a byte order mark and escaped names', BYTE_ORDER_MARK + GOOD[4]],
  ['a byte order mark and white space', BYTE_ORDER_MARK + GOOD[5]],
  ['nothing but a byte order mark', BYTE_ORDER_MARK],
];
