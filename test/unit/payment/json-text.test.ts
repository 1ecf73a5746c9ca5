import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanJson } from '../../../functions/payment/json-scan.ts';
import { countKeys, shapeOf } from '../../../functions/payment/json-shape.ts';
import { numberSource, readJsonObject } from '../../../functions/payment/json-text.ts';

const read = (text: string) => readJsonObject(Buffer.from(text));
const codes = (text: string) => read(text).faults.map(({ code, field }) => `${code} ${field}`.trim());
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('readJsonObject', () => {
  test.each([
    ['{}', []],
    [' \n{"a" : 1}\t\r', []],
    ['{"a":{"b":[{"c":1},{"c":2}]}}', []],
    ['{"a:b":"x:y","c\\":":"\\\\"}', []],
    ['{"__proto__":1,"constructor":2,"toString":3}', []],
    ['{"a":"\\ud83d\\ude00"}', []],
    ['{"a":"\\u00e9"}', []],
    [nested(8), []],
    [nested(9), ['too_deep']],
    [`{"a":${'['.repeat(8)}${']'.repeat(8)}}`, ['too_deep']],
    ['['.repeat(60_000), ['too_deep']],
    ['', ['not_json']],
    ['  ', ['not_json']],
    ['{', ['not_json']],
    ['{"a":1', ['not_json']],
    ['{"a":1}}', ['not_json']],
    ['{"a":1}{"a":1}', ['not_json']],
    ['{"a":1,}', ['not_json']],
    ["{'a':1}", ['not_json']],
    ['{a:1}', ['not_json']],
    ['{"a":01}', ['not_json']],
    ['{"a":NaN}', ['not_json']],
    ['{"a":"\u0001"}', ['not_json']],
    ['{"a":1} // no', ['not_json']],
    ['\u00a0{}', ['not_json']],
    ['[]', ['not_an_object']],
    ['"text"', ['not_an_object']],
    ['12', ['not_an_object']],
    ['null', ['not_an_object']],
    ['{"a":1,"a":1}', ['duplicate_key a']],
    ['{"a":1,"\\u0061":2}', ['duplicate_key a']],
    ['{"a":1,"b":{"c":1,"d":{"c":1},"c":2}}', ['duplicate_key b.c']],
    ['{"a":[{"x":1},{"x":1,"x":1}]}', ['duplicate_key a[1].x']],
    ['{"a":1,"a":2,"a":3,"b":1,"b":1}', ['duplicate_key a', 'duplicate_key a', 'duplicate_key b']],
    ['{"__proto__":1,"__proto__":2}', ['duplicate_key __proto__']],
    ['{"a":"\\ud800"}', ['lone_surrogate a']],
    ['{"a":"x\\uDFFFy"}', ['lone_surrogate a']],
    ['{"a":"\\ude00\\ud83d"}', ['lone_surrogate a']],
    ['{"a":{"\\ud800":1}}', ['lone_surrogate a.\\ud800']],
    ['{"a":"\\\\ud800"}', []],
    ['{"a":"\\ud800","b":1,"b":2}', ['duplicate_key b', 'lone_surrogate a']],
  ])('%.60j', (text, expected) => expect(codes(text)).toEqual(expected));

  test('bytes that are not UTF-8', () => {
    for (const bytes of [[0x22, 0xff, 0x22], [0x7b, 0xc3, 0x7d], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      expect(readJsonObject(Uint8Array.from(bytes))).toMatchObject({ object: null, text: null, faults: [{ code: 'not_utf8' }] });
    }
  });

  test('a byte order mark is dropped, once', () => {
    expect(readJsonObject(Buffer.from('\ufeff{"a":1}'))).toMatchObject({ object: { a: 1 }, text: '{"a":1}', faults: [] });
    expect(codes('\ufeff\ufeff{}')).toEqual(['not_json']);
  });

  test('a part of a larger buffer is read alone', () => {
    const larger = new TextEncoder().encode('xx{"a":1}xx');
    expect(readJsonObject(larger.subarray(2, 9)).object).toEqual({ a: 1 });
  });

  test('64 KiB is the limit', () => {
    const padded = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    expect(read(padded(65_536)).faults).toEqual([]);
    expect(read(padded(65_537))).toMatchObject({ text: null, faults: [{ code: 'payload_too_large', found: '65537 bytes' }] });
  });

  test('a key __proto__ pollutes nothing', () => {
    const { object } = read('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('says where a text stops being JSON, without card data', () => {
    expect(read('{"a":1,}').faults[0]).toMatchObject({ found: '"}" at character 8', fix: expect.stringContaining('a key in double quotes') });
    expect(read('{"a":1').faults[0]).toMatchObject({ found: 'the end of the text after 6 characters' });
    expect(read('{"a":04111111111111111}').faults[0]!.found).toBe('"4" at character 7');
    expect(read('{"a":1 "cvv":"123"}').faults[0]!.found).toBe('""" at character 8');
  });
});

describe('numberSource', () => {
  test.each([
    ['{"n":1}', '1'],
    ['{"n":1.0}', '1.0'],
    ['{"n":1e3}', '1e3'],
    ['{"n":-0}', '-0'],
    ['{"n": 9007199254740993 }', '9007199254740993'],
    ['{"m":{"n":7},"n":8}', '8'],
    ['{"m":"\\"n\\":7","n":8}', '8'],
    ['{"\\u006e":5}', '5'],
    ['{"n":[5]}', null],
    ['{"n":"5"}', null],
    ['{"m":{"n":7}}', null],
  ])('%s', (text, source) => expect(numberSource(text, 'n')).toBe(source));
});

describe('the exact scanner', () => {
  const json = fc.json({ maxDepth: 5 });

  test('agrees with JSON.parse on good text: tokens, keys, no error', () => {
    fc.assert(fc.property(json, (text) => {
      const scan = scanJson(text);
      expect(scan).toMatchObject({ error: null, duplicates: [] });
      expect(shapeOf(Buffer.from(text)).keys).toBe(countKeys(JSON.parse(text)));
      expect(scan.tokens.filter(({ type }) => type === 'key')).toHaveLength(countKeys(JSON.parse(text)));
      for (const token of scan.tokens) expect(() => JSON.parse(text.slice(token.start, token.end)) as unknown).not.toThrow();
    }));
  });

  test('agrees with JSON.parse on what is no JSON', () => {
    const damage = fc.tuple(json, fc.nat(), fc.constantFrom('', '"', ',', ':', '{', '}', ']', '\\', '0', '-', 'e', ' ', '\u0000', '\u001f', '\ud800'));
    fc.assert(fc.property(damage, ([text, where, instead]) => {
      const at = where % text.length;
      const damaged = text.slice(0, at) + instead + text.slice(at + 1);
      let good = true;
      try {
        JSON.parse(damaged);
      } catch {
        good = false;
      }
      expect(scanJson(damaged).error === null).toBe(good);
    }), { numRuns: 500 });
  });

  test.each(['"\u001f"', '"\n"', '"\\x"', '"\\u12g4"', '-', '1.', '1e', '+1', '.5', 'tru', '"a', '[1', '[1,]', '[,1]', '{"a"}', '{"a":}', '{,}', ''])('%j is no JSON', (text) => {
    expect(scanJson(text).error).not.toBeNull();
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  test('finds a key sent twice wherever it is', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 5 });
    fc.assert(fc.property(object, fc.nat(), fc.boolean(), (value, which, inside) => {
      const [key] = Object.entries(value)[which % Object.keys(value).length]!;
      const doubled = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)}:null}`;
      expect(read(inside ? `{"m":${doubled}}` : doubled).faults.map(({ code }) => code)).toEqual(['duplicate_key']);
    }));
  });
});
