import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, fitted } from './name-length.ts';

/** Also with halves of characters, as file systems of Windows have them. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 90 }).map((all) => String.fromCharCode(...all)),
);

test('bytes are counted as UTF-8 is written', () => {
  fc.assert(
    fc.property(text, (text) => {
      expect(bytesOf(text)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('a name that is too long loses as many whole characters of its stem as it has to, and no more', () => {
  fc.assert(
    fc.property(text, fc.string({ maxLength: 10 }), fc.integer({ min: 10, max: 120 }), (stem, tail, most) => {
      const name = fitted(stem, tail, most);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(most);
      const kept = [...name.slice(0, name.length - tail.length)];
      expect(name).toBe(kept.join('') + tail);
      expect([...stem].slice(0, kept.length)).toEqual(kept);
      const next = [...stem][kept.length];
      if (next !== undefined) expect(Buffer.byteLength(name) + Buffer.byteLength(next)).toBeGreaterThan(most);
    }),
  );
});
