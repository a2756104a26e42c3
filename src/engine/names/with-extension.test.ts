import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from './file-name.ts';
import { withExtension } from './with-extension.ts';

const noBytes = () => new Uint8Array();

describe('a file name', () => {
  it('stays safe, and fits, when it is given an extension', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (raw) => {
        const extended = await withExtension(safeName(raw) || 'x', 'image/jpeg', noBytes);
        expect(safeName(extended)).toBe(extended);
      }),
      { numRuns: 500 },
    );
  });

  it('gets an extension only where it has none and the type says something', async () => {
    expect(await withExtension('a', 'image/png; charset=x', noBytes)).toBe('a.png');
    expect(await withExtension('a.php', 'image/png', noBytes)).toBe('a.php');
    expect(await withExtension('a', 'application/octet-stream', noBytes)).toBe('a');
    expect(await withExtension('a', undefined, noBytes)).toBe('a');
  });

  it.each([
    ['image/jpg', 'a.jpg'],
    ['IMAGE/JPG;charset=UTF-8', 'a.jpg'],
    ['image/pjpeg', 'a.jpg'],
    ['image/x-png', 'a.png'],
    ['image/svg', 'a.svg'],
    ['application/x-gzip', 'a.gz'],
  ])('knows types that nobody registered: %s', async (type, name) => {
    expect(await withExtension('a', type, noBytes)).toBe(name);
  });

  it.each(['application/octet-stream', 'binary/octet-stream', 'image', undefined])(
    'is told by the first bytes of an image where the type (%s) tells nothing',
    async (type) => {
      const bytes = (text: string) => () => Buffer.from(text, 'latin1');
      expect(await withExtension('a', type, bytes('\xff\xd8\xff\xe0\0\x10JFIF'))).toBe('a.jpg');
      expect(await withExtension('a', type, bytes('GIF89a'))).toBe('a.gif');
      expect(await withExtension('a', type, bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe(
        'a.svg',
      );
      expect(await withExtension('a', type, bytes('hello'))).toBe('a');
      expect(await withExtension('a.dat', type, bytes('GIF89a'))).toBe('a.dat');
    },
  );
});
