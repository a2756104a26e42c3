import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRange, expandRange } from './url-range.ts';

const all = (text: string) => [...expandRange(text)];

describe('ranges in a URL', () => {
  it('keep the zeros in front', () => {
    expect(all('http://x/img[008-011].jpg')).toEqual([
      'http://x/img008.jpg',
      'http://x/img009.jpg',
      'http://x/img010.jpg',
      'http://x/img011.jpg',
    ]);
  });

  it('may have a step, run backwards, be letters, and be several: the last changes quickest', () => {
    expect(all('a[0-10:5]')).toEqual(['a0', 'a5', 'a10']);
    expect(all('a[3-1]')).toEqual(['a3', 'a2', 'a1']);
    expect(all('[a-b][1-2]')).toEqual(['a1', 'a2', 'b1', 'b2']);
  });

  it('are not seen in IPv6 hosts or in brackets that hold something else', () => {
    expect(all('http://[::1]:80/x[y].jpg')).toEqual(['http://[::1]:80/x[y].jpg']);
  });

  it('that stand for an absurd number of URLs are refused before the first', () => {
    expect(() => expandRange('a[0-999999999999]').next()).toThrow('the most is 100000000');
  });

  it('stand for as many URLs as are counted, each once', () => {
    const bound = fc.nat(60);
    fc.assert(
      fc.property(bound, bound, fc.integer({ min: 1, max: 9 }), bound, (from, to, step, other) => {
        const text = `http://x/[${from}-${to}:${step}]/[0-${other}]`;
        const urls = all(text);
        expect(urls).toHaveLength(countRange(text));
        expect(new Set(urls).size).toBe(urls.length);
      }),
    );
  });
});
