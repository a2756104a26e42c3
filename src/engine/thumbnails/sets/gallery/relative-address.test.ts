import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../../../../test/any-text.ts';
import { relativeAddress } from './relative-address.ts';

const folder = resolve('/photos/gallery pages');

test.each([
  [join(folder, 'thumbs', 'a b.jpg'), 'thumbs/a%20b.jpg'],
  [join(folder, '..', 'thumbs', '100% #1?.webp'), '../thumbs/100%25%20%231%3F.webp'],
  [join(folder, 'c:d, "e" \'f\'.jpg'), 'c%3Ad%2C%20%22e%22%20%27f%27.jpg'],
  [join(folder, '写真.avif'), '%E5%86%99%E7%9C%9F.avif'],
])('the address of %s leads there', (file, address) => {
  expect(relativeAddress(folder, file)).toBe(address);
});

test('an address leads to its file, whatever that is called, and is safe in quotes and in a srcset', () => {
  const page = pathToFileURL(join(folder, 'gallery.html'));
  const name = anyText.filter((text) => !/[/\\\0]/.test(text) && !/^\.{0,2}$/.test(text));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
      const file = join(folder, ...names);
      const address = relativeAddress(folder, file);
      expect(address).toMatch(/^[\w%./~!*()-]+$/);
      expect(fileURLToPath(new URL(address, page))).toBe(file.toWellFormed());
    }),
  );
});
