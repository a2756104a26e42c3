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
