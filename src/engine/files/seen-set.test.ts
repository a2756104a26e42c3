import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenSet } from './seen-set.ts';

describe('a set that remembers only hashes', () => {
  it('tells new texts from known ones, as a Set of the texts would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 3_000 }), (texts) => {
        const seen = new SeenSet();
        const truth = new Set<string>();
        for (const text of texts) {
          expect(seen.add(text)).toBe(!truth.has(text));
          truth.add(text);
        }
        expect(seen.size).toBe(truth.size);
      }),
    );
  });

  it('takes none of 300,000 similar URLs for another', () => {
    const seen = new SeenSet();
    for (let index = 0; index < 300_000; index += 1) seen.add(`http://example.com/img${index}.jpg`);
    expect(seen.size).toBe(300_000);
  });
});
