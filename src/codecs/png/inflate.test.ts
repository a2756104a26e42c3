import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../test/codecs/jpeg/samples.ts';
import { adler32, zlibInflate } from '../../../test/codecs/png/zlib.ts';
import { PngCodec } from './png-codec.ts';

const codec = new PngCodec();

/** What the codec makes of a datastream; copied, because its memory is used again. */
function inflated(datastream: Uint8Array, length: number): Buffer | undefined {
  const result = codec.inflate([datastream], length);
  return result.status === 'ok' ? Buffer.from(result.scanlines) : undefined;
}

const refused = (reason: string) => ({ status: 'refused', reason });

/** Bytes as images, texts and noise have them. */
const contents = {
  noise: (random: () => number) => () => random() * 256,
  /** Few values, some of them far more often than others: long codewords. */
  skewed: (random: () => number) => () => 256 * random() ** 12,
  text: (random: () => number) => {
    const words = Array.from({ length: 40 }, () => Buffer.from(random().toString(36)));
    let word = Buffer.alloc(0);
    return () => {
      if (word.length === 0) word = words[Math.floor(random() * words.length)] ?? word;
      const [byte = 0] = word;
      word = word.subarray(1);
      return byte;
    };
  },
  /** Pixels of any number of bytes that repeat what is before them, at a distance of its own for each stretch. */
  rows: (random: () => number) => {
    const seen: number[] = [];
    let [left, distance] = [0, 1];
    return () => {
      if (left-- <= 0) [left, distance] = [random() * 400, 1 + Math.floor(40 * random() ** 3)];
      const byte = random() < 0.02 ? random() * 256 : (seen[seen.length - distance] ?? 0);
      seen.push(byte);
      return byte;
    };
  },
} as const;

const strategies = ['Z_DEFAULT_STRATEGY', 'Z_FILTERED', 'Z_HUFFMAN_ONLY', 'Z_RLE', 'Z_FIXED'] as const;

describe('a zlib datastream', () => {
  it('inflates to what was deflated, however that was done', { timeout: 120_000 }, () => {
    const deflating = fc.record({
      level: fc.integer({ min: 0, max: 9 }),
      strategy: fc.constantFrom(...strategies).map((name) => constants[name]),
      memLevel: fc.integer({ min: 1, max: 9 }),
      windowBits: fc.integer({ min: 8, max: 15 }),
    });
    const length = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200_000 }));
    const kind = fc.constantFrom(...(['noise', 'skewed', 'text', 'rows'] as const));
    fc.assert(
      fc.property(deflating, length, kind, fc.nat(), (options, size, content, seed) => {
        const next = contents[content](randomFrom(seed));
        const bytes = Buffer.from(Array.from({ length: size }, next));
        const datastream = deflateSync(bytes, options);
        expect(inflated(datastream, size)?.equals(bytes)).toBe(true);
        expect(codec.inflate([datastream], size + 1)).toEqual(refused('DAMAGED_LENGTH'));
        if (size > 0) expect(inflated(datastream, size - 1)).toBeUndefined();
        datastream[datastream.length - 1] = (datastream.at(-1) ?? 0) ^ 1;
        expect(codec.inflate([datastream], size)).toEqual(refused('DAMAGED_CHECKSUM'));
      }),
      { numRuns: 300 },
    );
  });

  it('may come in parts of any size, with other data after it', () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i) >> 8));
    const datastream = Buffer.concat([deflateSync(bytes), Buffer.from('what follows')]);
    for (const size of [1, 3, 700]) {
      const parts = Array.from({ length: Math.ceil(datastream.length / size) }, (_, i) =>
        datastream.subarray(i * size, (i + 1) * size),
      );
      const result = codec.inflate([new Uint8Array(), ...parts], 5000);
      expect(result.status === 'ok' && bytes.equals(result.scanlines)).toBe(true);
    }
  });

  it('that ends too early is refused, wherever that is', () => {
    for (const level of [0, 1, 9]) {
      const bytes = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * i) >> 6));
      const datastream = deflateSync(bytes, { level });
      for (let end = 0; end < datastream.length; end++) {
        expect(codec.inflate([datastream.subarray(0, end)], 300)).toEqual(refused('DAMAGED_DATASTREAM'));
      }
    }
  });

  it('has any header that zlib reads, and no other', () => {
    const [bytes, rest] = [Buffer.from('header'), deflateSync('header').subarray(2)];
    for (let header = 0; header < 0x10000; header++) {
      const datastream = Buffer.concat([Buffer.of(header >> 8, header & 255), rest]);
      const theirs = header % 31 === 0 && zlibInflate(datastream, bytes.length);
      if (!!inflated(datastream, bytes.length) !== !!theirs) expect(header).toBe(theirs);
    }
  });

  it('that is too large for the memory is refused', () => {
    expect(inflated(deflateSync('a'), 2 ** 40)).toBeUndefined();
    expect(inflated(deflateSync('a'), 2 ** 28)).toBeUndefined();
  });
});

/** The bits of a deflated block, as text: first come the lowest. */
function deflated(...fields: readonly string[]): Buffer {
  const bits = fields.join('').replaceAll(' ', '');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt([...byte.padEnd(8, '0')].reverse().join(''), 2)));
}

/** A number of so many bits (RFC 1951, 3.1.1). */
const number = (value: number, bits: number) => [...value.toString(2).padStart(bits, '0')].reverse().join('');

const last = (type: number) => `1${number(type, 2)}`;
const end = '0000000';

/** A block whose codes have these lengths, each told by four bits: the code for lengths has all of 0 to 15. */
function withCodes(literals: Record<number, number>, distances: readonly number[], symbols: string): Buffer {
  const told = Array.from({ length: 257 }, (_, i) => literals[i] ?? 0);
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  return deflated(
    last(2),
    number(0, 5) + number(distances.length - 1, 5) + number(15, 4),
    order.map((symbol) => number(symbol < 16 ? 4 : 0, 3)).join(''),
    [...told, ...distances].map((length) => length.toString(2).padStart(4, '0')).join(''),
    symbols,
  );
}

describe('a deflated block', () => {
  it.each([
    ['of fixed codes with nothing in it', deflated(last(1), end), ''],
    ['of a type that does not exist', deflated(last(3), end), undefined],
    ['stored', deflated(last(0), '00000', number(1, 16), number(0xfffe, 16), number(97, 8)), 'a'],
    ['stored, with a wrong length', deflated(last(0), '00000', number(1, 16), number(0xfffd, 16)), undefined],
    ['with a match of itself', deflated(last(1), '10010001', '0000001', '00000', end), 'aaaa'],
    ['with a match of what is not there', deflated(last(1), '10010001', '0000001', '00001', end), undefined],
    ['with length 286', deflated(last(1), '10010001', '11000110', '00000', end), undefined],
    ['with distance 30', deflated(last(1), '10010001', '0000001', '11110', end), undefined],
    ['whose only codeword is its end', withCodes({ 256: 1 }, [0], '0'), ''],
    ['with a codeword of a code that has one', withCodes({ 256: 1 }, [0], '1'), undefined],
    ['without a codeword for its end', withCodes({ 97: 1, 98: 1 }, [0], '00'), undefined],
    ['with two codewords', withCodes({ 97: 1, 256: 1 }, [0], '001'), 'aa'],
    ['with codewords left over', withCodes({ 97: 2, 256: 1 }, [0], '10 10 0'), undefined],
    ['with too many codewords', withCodes({ 97: 1, 98: 1, 256: 1 }, [0], '0'), undefined],
    ['with distances left over', withCodes({ 97: 1, 256: 1 }, [2, 1], '01'), undefined],
    ['with one distance', withCodes({ 97: 1, 256: 1 }, [1], '01'), 'a'],
    ['with one distance of two bits', withCodes({ 97: 1, 256: 1 }, [2], '01'), undefined],
    ['with too many distances', withCodes({ 97: 1, 256: 1 }, [1, 1, 1], '01'), undefined],
  ])('%s', (_what, block, text) => {
    const expected = text === undefined ? undefined : Buffer.from(text);
    const datastream = Buffer.concat([
      Buffer.of(0x78, 0x9c),
      block,
      adler32(expected ?? Buffer.from('aaaa')),
    ]);
    for (const length of expected ? [expected.length] : [0, 1, 2, 3, 4, 5, 259]) {
      expect(zlibInflate(datastream, length)).toEqual(expected);
      expect(inflated(datastream, length)).toEqual(expected);
    }
    // Whatever room there is: the fault is found in the block.
    if (!expected) {
      expect(codec.inflate([datastream], 1000)).toEqual(refused('DAMAGED_DATASTREAM'));
    }
  });
});
