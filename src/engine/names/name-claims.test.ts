import { describe, expect, it } from 'vitest';
import { SeenSet } from '../files/seen-set.ts';
import { foldedName, NameClaims } from './name-claims.ts';
import { UrlNames } from './url-names.ts';

describe.each([
  ['a Set', () => new Set<string>()],
  ['a SeenSet', () => new SeenSet()],
])('claims of names in %s', (_what, taken) => {
  const one = (name: string) => [foldedName(name)];

  it('give each name once, whatever its case, and the last candidate where all are taken', () => {
    const claims = new NameClaims(taken());
    expect(claims.claim(['a.jpg', 'b.jpg'], one)).toBe('a.jpg');
    expect(claims.claim(['A.JPG', 'b.jpg'], one)).toBe('b.jpg');
    expect(claims.claim(['a.jpg', 'b.jpg'], one)).toBe('b.jpg');
  });

  it('take all that a name leads to, or nothing of it', () => {
    const claims = new NameClaims(taken());
    const all = (names: readonly string[]) => names;
    expect(claims.claim([['a', 'b']], all)).toEqual(['a', 'b']);
    expect(
      claims.claim(
        [
          ['c', 'b'],
          ['d', 'e'],
        ],
        all,
      ),
    ).toEqual(['d', 'e']);
    // The c of the candidate that clashed is still free.
    expect(claims.claim([['c', 'f']], all)).toEqual(['c', 'f']);
  });
});

describe('names that are one on some volume', () => {
  it.each([
    ['IMG.JPG', 'img.jpg', 'NTFS, APFS, exFAT'],
    ['\u00e9t\u00e9.jpg', 'e\u0301te\u0301.jpg', 'APFS, HFS+'],
    ['\u00c9.jpg', 'e\u0301.jpg', 'APFS, HFS+'],
    ['\u03bf\u03c2.jpg', '\u039f\u03a3.jpg', 'NTFS'],
    ['\u039f\u03a3', '\u03bf\u03c3', 'NTFS'],
    ['\u017fee.jpg', 'See.jpg', 'NTFS'],
    ['stra\u00dfe.jpg', 'STRASSE.jpg', 'ext4 with casefold'],
    ['\u212aelvin.png', 'kelvin.png', 'APFS'],
  ])('are one: %s and %s (%s)', (one, other) => {
    expect(foldedName(one)).toBe(foldedName(other));
  });

  it('others are not', () => {
    const names = ['a.jpg', 'b.jpg', '\u00e4.jpg', 'a\u0301.jpg', '\u00e5.jpg', 'a-.jpg', '\u5199.jpg'];
    expect(new Set(names.map(foldedName)).size).toBe(names.length);
  });
});

describe('names of URLs', () => {
  it('get a hash where an earlier URL has them, the same at each run', () => {
    const run = () => {
      const names = new UrlNames();
      return ['http://a/x.jpg', 'http://b/x.jpg', 'http://c/X.jpg'].map((url) =>
        names.claim(url.split('/').at(-1) ?? '', url),
      );
    };
    const [first, second, third] = run();
    expect(first).toBe('x.jpg');
    expect(second).toMatch(/^x-[0-9a-f]{8}\.jpg$/);
    expect(third).toMatch(/^X-[0-9a-f]{8}\.jpg$/);
    expect(run()).toEqual([first, second, third]);
  });

  it('get one also where what they lead to is somebody else’s', () => {
    const names = new UrlNames({ isFree: (name) => name !== 'x.jpg' });
    expect(names.claim('x', 'http://a/x')).toMatch(/^x-[0-9a-f]{8}$/);
  });
});
