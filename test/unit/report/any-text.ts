import fc from 'fast-check';

/** Any code points, halves of surrogate pairs too, and often those that are special in ASCII. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.nat(0x10ffff), fc.nat(0xff), fc.constantFrom(...'<>"\'&=,\r\n').map((character) => character.charCodeAt(0))), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));
