import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctName, nameFromDisposition, nameFromUrl, safeName } from './file-name.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom(
    'CON',
    'nul.txt',
    '..',
    '.',
    '...',
    'a/../b',
    'com1.tar.gz',
    'LPT².jpg',
    'nul .jpg',
    '\u202egpj.exe',
  ),
);

function expectSafe(name: string): void {
  expect(name).not.toMatch(/[/\\:*?"<>|]/);
  expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(name).not.toMatch(/^[.\s]|[.\s]$/);
  expect(name).not.toMatch(/^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
}

describe('a file name', () => {
  it('is safe whatever the text it is made of', () => {
    fc.assert(
      fc.property(text, (raw) => expectSafe(safeName(raw))),
      { numRuns: 2_000 },
    );
  });

  it('stays safe, and one file, when it is made distinct', () => {
    fc.assert(
      fc.property(text, fc.webUrl(), (raw, url) => {
        const name = safeName(raw);
        expectSafe(distinctName(name || 'x', url));
      }),
      { numRuns: 500 },
    );
  });

  it('that is safe already is left as it is', () => {
    for (const name of [
      'a.jpg',
      'été.png',
      '写真 1.jpg',
      'IMG_0001.JPG',
      `${'x'.repeat(251)}.jpg`,
      '🐟.png',
    ]) {
      expect(safeName(name)).toBe(name);
    }
  });

  it.each([
    ['nothing', 0x00],
    ['an escape', 0x1b],
    ['a delete', 0x7f],
    ['a C1 control', 0x9b],
    ['a soft hyphen', 0xad],
    ['an Arabic letter mark', 0x61c],
    ['a space of no width', 0x200b],
    ['a mark from left to right', 0x200e],
    ['a mark from right to left', 0x200f],
    ['an embedding from right to left', 0x202b],
    ['an override from right to left', 0x202e],
    ['a word joiner', 0x2060],
    ['an isolate from right to left', 0x2067],
    ['the end of an isolate', 0x2069],
    ['a byte order mark', 0xfeff],
  ])('has no %s in it', (_what, code) => {
    expect(safeName(`photo${String.fromCodePoint(code)}gpj.exe`)).toBe('photogpj.exe');
    const header = `attachment; filename*=UTF-8''photo${encodeURIComponent(String.fromCodePoint(code))}gpj.exe`;
    expect(nameFromDisposition(header)).toBe('photogpj.exe');
    expect(nameFromUrl(`http://x/photo${encodeURIComponent(String.fromCodePoint(code))}gpj.exe`)).toBe(
      'photogpj.exe',
    );
  });

  it('keeps the joiner that emoji are written with', () => {
    expect(safeName('👩\u200d🚀.png')).toBe('👩\u200d🚀.png');
  });

  it('keeps its extension when it is shortened', () => {
    expect(safeName(`${'é'.repeat(200)}.jpg`)).toMatch(/^é+\.jpg$/);
  });

  it('made distinct is always the same for the same URL, and another for another', () => {
    expect(distinctName('a.jpg', 'http://x/1')).toBe(distinctName('a.jpg', 'http://x/1'));
    expect(distinctName('a.jpg', 'http://x/1')).not.toBe(distinctName('a.jpg', 'http://x/2'));
  });

  it('comes from the URL, decoded', () => {
    expect(nameFromUrl('http://x/a/b%20c.jpg?q=/d.jpg')).toBe('b c.jpg');
    expect(nameFromUrl('http://x/a%2f..%2fb')).toBe('a_.._b');
    expect(nameFromUrl('http://x/%ff')).toBe('%ff');
    expect(nameFromUrl('http://x/')).toBeUndefined();
  });

  it('comes from Content-Disposition, in all its forms', () => {
    expect(nameFromDisposition('attachment; filename="a b.jpg"')).toBe('a b.jpg');
    expect(nameFromDisposition("attachment; filename*=UTF-8''%e2%82%ac.jpg")).toBe('€.jpg');
    expect(nameFromDisposition('attachment; filename="C:\\\\temp\\\\x.jpg"')).toBe('x.jpg');
    expect(nameFromDisposition('inline')).toBeUndefined();
    expect(nameFromDisposition('attachment; filename="')).toBeUndefined();
  });

  it('of a header as long as one may be is cut first, so that blanks in it take no time', () => {
    const before = process.cpuUsage();
    const name = nameFromDisposition(`attachment; filename="a${' '.repeat(250_000)}b.jpg"`);
    const { user } = process.cpuUsage(before);
    expect(name).toMatch(/^a.*\.jpg$/);
    // Of bounded work, not of a speed: it took minutes.
    expect(user / 1e6).toBeLessThan(5);
  });
});
