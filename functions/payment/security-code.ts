const SUSPECT = /cv[vcn]|cav2|cid|csc|security|verification/i;
const SURE = /cv[vcn]2?|cav2|cardverification(code|value|number)/;
const LIKELY = /^(card)?(cid|csc)$|securitycode/;
const SEPARATORS = /[^a-z0-9]/g;
const ANY_DIGIT = /[0-9]/;
const THREE_OR_FOUR_DIGITS = /^\s*[0-9]{3,4}\s*$/;

/** How surely a field of that name holds a card's security code (CVV, CVC, CID …): `cid` may also be a customer's id. */
export type SecurityCodeName = 'sure' | 'likely' | 'no';

/** Judges a field's name, whatever its case and separators: `cvv`, `cardCvc2`, `security_code`, `CID`. */
export function securityCodeName(name: string): SecurityCodeName {
  if (!SUSPECT.test(name)) return 'no';
  const plain = name.toLowerCase().replace(SEPARATORS, '');
  if (SURE.test(plain)) return 'sure';
  return LIKELY.test(plain) ? 'likely' : 'no';
}

/** True where a value in a field of that name is to be masked. `cvc_check: "pass"` is no code; nor is a `cid` of ten letters. */
export function isSecurityCode(name: SecurityCodeName, value: string): boolean {
  if (name === 'no') return false;
  return name === 'sure' ? ANY_DIGIT.test(value) : THREE_OR_FOUR_DIGITS.test(value);
}
