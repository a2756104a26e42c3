import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SetRendition } from '../set-of-pictures.ts';
import { pictureOfManifest } from './picture-of-manifest.ts';
import { Places } from './places.ts';

const root = resolve('/sets');

const rendition = (path: string, type: string, width: number, height: number): SetRendition => ({
  path: join(root, path),
  type,
  width,
  height,
  bytes: 1,
});

const about = (renditions: SetRendition[]) =>
  pictureOfManifest({ input: join(root, 'a.jpg'), name: 'a.jpg', renditions }, new Places(root));

/** What a browser reads in a text within quotes. */
const unescaped = (html: string): string =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Any name that a file system may have. */
const someName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !/[/\0\\]/.test(name) && name !== '.' && name !== '..' && name.isWellFormed());

test('every address leads to its file, from whatever folder to whatever name', () => {
  fc.assert(
    fc.property(
      fc.array(someName, { maxLength: 3 }),
      fc.array(someName, { maxLength: 3 }),
      someName,
      (from, to, name) => {
        const folder = join(root, ...from);
        const path = join(root, ...to, `${name}.jpg`);
        const entry = {
          input: path,
          name,
          renditions: [{ path, type: 'image/jpeg', width: 8, height: 6, bytes: 1 }],
        };
        const { srcset, picture, renditions, input } = pictureOfManifest(entry, new Places(folder));
        const page = pathToFileURL(join(folder, 'm.json'));
        const [address = '', width] = srcset['image/jpeg']?.split(' ') ?? [];
        const [, src = ''] = /<img src="([^"]*)"/.exec(picture) ?? [];
        expect(width).toBe('8w');
        for (const each of [address, unescaped(src)]) expect(fileURLToPath(new URL(each, page))).toBe(path);
        expect(resolve(folder, input)).toBe(path);
        expect(resolve(folder, renditions[0]?.path ?? '')).toBe(path);
        // Nothing of a name is markup.
        expect(picture.match(/[<>]/g)).toHaveLength(6);
      },
    ),
  );
});

test('the format that all browsers show comes last, with its sizes by width', () => {
  const { picture, srcset } = about([
    rendition('a.jpg', 'image/jpeg', 640, 480),
    rendition('b.jpg', 'image/jpeg', 320, 240),
    rendition('a.webp', 'image/webp', 640, 480),
    rendition('a.avif', 'image/avif', 640, 480),
  ]);
  expect(Object.keys(srcset)).toEqual(['image/avif', 'image/webp', 'image/jpeg']);
  expect(srcset['image/jpeg']).toBe('b.jpg 320w, a.jpg 640w');
  expect(picture).toBe(
    '<picture>' +
      '<source type="image/avif" srcset="a.avif 640w" sizes="auto, (max-width: 640px) 100vw, 640px">' +
      '<source type="image/webp" srcset="a.webp 640w" sizes="auto, (max-width: 640px) 100vw, 640px">' +
      '<img src="a.jpg" srcset="b.jpg 320w, a.jpg 640w" sizes="auto, (max-width: 640px) 100vw, 640px"' +
      ' width="640" height="480" loading="lazy" decoding="async" alt=""></picture>',
  );
});

test('what was cropped to another shape is no source of the same picture', () => {
  const { renditions, srcset } = about([
    rendition('square.jpg', 'image/jpeg', 200, 200),
    rendition('wide.jpg', 'image/jpeg', 640, 320),
  ]);
  expect(renditions.map(({ path }) => path)).toEqual(['square.jpg', 'wide.jpg']);
  expect(srcset).toEqual({ 'image/jpeg': 'wide.jpg 640w' });
});

test('of a picture that is smaller than several sizes each width is offered once', () => {
  const { renditions, srcset } = about([
    rendition('a-320.jpg', 'image/jpeg', 160, 107),
    rendition('a-1280.jpg', 'image/jpeg', 160, 107),
  ]);
  expect(renditions).toHaveLength(2);
  expect(srcset).toEqual({ 'image/jpeg': 'a-320.jpg 160w' });
});
