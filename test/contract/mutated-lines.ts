import fc from 'fast-check';

const PAYMENT = '{"transaction_id":"pay_1","event_time":"2026-01-31T23:59:58.123Z","amount":"1.00","currency":"EUR","metadata":{"note":"a\\nb"}}';
const DATA = Buffer.from(PAYMENT).toString('base64');

const GOOD = [
  `{"message":{"attributes":{"producer":"a:b"},"data":"${DATA}","messageId":"1","message_id":"1","publishTime":"2026-01-31T23:59:59.5Z"},"subscription":"s"}`,
  `{"message":{"data":"${DATA.replaceAll('=', '\\u003d').replaceAll('/', '\\/')}","message_id":"2","publish_time":"2026-02-01T00:59:60+01:00"}}`,
  '{"message":{"messageId":"3","data":"YWI=","attributes":{"CloudPubSubDeadLetterSourceTopicPublishTime":"2026-01-31T23:59:59Z","x":"\\ud83d\\ude00"}},"y":[1,-0.5e3,null,true]}',
  '{ "message" : { "messageId" : "4" , "data" : "YQ==" } , "x" : [ ] }',
  '{"message":{}}',
  PAYMENT,
].map((line) => Buffer.from(line));

/** What breaks JSON, base64, times and names, and what only looks as if it did. */
const FRAGMENTS = [
  ',', ':', '"', '\\', '\\\\', '{', '}', '[', ']', '=', '-', '_', '+', '/', '0', '00', '60', '.', 'e999', 'Z', ' ', '\t', '\f', '\0', '\u00a0', '\u2028', '\ufeff', 'é', '😀',
  'NaN', ':nan', '[inf', ',-Infinity', ',}', ', ]', '"x":NaN,', '"x":",}",', 'null', 'true',
  '\\u0000', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\u006', '\\/', '\\x', '"messageId":"z",', '"message":{},', '"message":null,', '"data":"YWM=",', '"data":5,', '"event_time":"2026-01-01T00:00:00Z",', '"message\\u0049d":"y",',
].map((text) => Buffer.from(text)).concat([Buffer.of(0xff), Buffer.of(0xc0, 0xaf), Buffer.of(0xed, 0xa0, 0x80), Buffer.of(0xe2, 0x82)]);

const LINE_FEED = 0x0a;

type Change = (line: Buffer) => Buffer;

/** Where in a line, as a part of its length. Integers, as fast-check's doubles crowd around 0. */
const place = fc.integer({ min: 0, max: 9_999 }).map((part) => part / 10_000);
const at = (line: Buffer, where: number): number => Math.floor(where * (line.length + 1));

/** Few bits, so that most of the flipped bytes are still ASCII. */
const flip = fc.tuple(place, fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128)).map(([where, bits]): Change => (line) => {
  const changed = Buffer.from(line);
  if (line.length > 0) changed[Math.floor(where * line.length)] ^= bits;
  return changed;
});
const insert = fc.tuple(place, fc.constantFrom(...FRAGMENTS)).map(([where, fragment]): Change => (line) => Buffer.concat([line.subarray(0, at(line, where)), fragment, line.subarray(at(line, where))]));
const cut = fc.tuple(place, fc.integer({ min: 1, max: 20 })).map(([where, count]): Change => (line) => Buffer.concat([line.subarray(0, at(line, where)), line.subarray(at(line, where) + count)]));
const truncate = place.map((where): Change => (line) => line.subarray(0, at(line, where)));
const repeat = fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(([where, count]): Change => (line) => Buffer.concat([line.subarray(0, at(line, where) + count), line.subarray(at(line, where))]));
/** Behind a `{` or `,`, where a further member stays valid JSON. */
const insertMember = fc.tuple(place, fc.constantFrom(...FRAGMENTS.filter((fragment) => fragment.at(-1) === 0x2c))).map(([where, fragment]): Change => (line) => {
  const bracket = line.indexOf('{"', at(line, where));
  return bracket === -1 ? line : Buffer.concat([line.subarray(0, bracket + 1), fragment, line.subarray(bracket + 1)]);
});

const change = fc.oneof({ weight: 2, arbitrary: flip }, { weight: 4, arbitrary: insert }, { weight: 2, arbitrary: cut }, truncate, repeat, { weight: 2, arbitrary: insertMember });

/** A good line, changed in one to three places. */
export const mutatedLine: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...GOOD), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([line, changes]) => changes.reduce((changed: Buffer, apply) => apply(changed), line))
  .map((line) => Buffer.from(line.filter((byte) => byte !== LINE_FEED)));
