import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../../../test/any-text.ts';
import { entryOf, setOf } from '../../../../../test/sets.ts';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import type { SetEntry } from '../set-of-pictures.ts';
import { galleryScript, galleryScriptHash } from './page-binary.ts';
import { picturesAPage, writeGallery } from './write-gallery.ts';

interface Element {
  readonly name?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Element[];
  readonly data?: string;
}

/** All elements of that name, as a browser would find them. */
function elements(html: string, name: string): Element[] {
  const below = (element: Element): Element[] => [
    ...(element.name === name ? [element] : []),
    ...(element.children ?? []).flatMap(below),
  ];
  return below(parseDocument(html) as unknown as Element);
}

async function pageOf(entries: readonly SetEntry[], title = 'Photos'): Promise<string> {
  const folder = tempFolder();
  const file = join(folder, 'gallery.html');
  const own = entries.map(({ renditions, ...entry }) => ({
    ...entry,
    renditions: renditions.map((one) => ({ ...one, path: join(folder, 'thumbs', basename(one.path)) })),
  }));
  await writeGallery({ ...setOf(folder, own), title }, file);
  return readFileSync(file, 'utf8');
}

describe('the gallery', () => {
  test('links each picture to its largest rendition, and leaves the choice of the others to the browser', async () => {
    const page = await pageOf([
      entryOf(
        'sea.jpg',
        ['image/avif', 'image/jpeg'],
        [
          [300, 200],
          [75, 50],
        ],
      ),
    ]);
    const [link] = elements(page, 'a');
    const [source] = elements(page, 'source');
    const [image] = elements(page, 'img');
    expect(link?.attribs?.href).toBe('thumbs/sea-300.jpeg');
    expect(source?.attribs).toMatchObject({
      type: 'image/avif',
      srcset: 'thumbs/sea-75.avif 75w, thumbs/sea-300.avif 300w',
    });
    expect(image?.attribs).toMatchObject({
      src: 'thumbs/sea-75.jpeg',
      srcset: 'thumbs/sea-75.jpeg 75w, thumbs/sea-300.jpeg 300w',
      width: '300',
      height: '200',
      alt: 'sea.jpg',
      loading: 'lazy',
    });
  });

  test('offers no rendition of another shape in the place of the picture', async () => {
    const page = await pageOf([
      entryOf(
        'sea.jpg',
        ['image/jpeg'],
        [
          [75, 75],
          [300, 200],
        ],
      ),
    ]);
    expect(elements(page, 'img')[0]?.attribs?.srcset).toBe('thumbs/sea-300.jpeg 300w');
  });

  test('may load nothing by network, and runs no script but its own', async () => {
    const page = await pageOf([entryOf('sea.jpg')]);
    const policy = elements(page, 'meta').find(({ attribs }) => attribs?.['http-equiv']);
    expect(policy?.attribs?.content).toContain("default-src 'none'; img-src 'self' file: data: blob:");
    expect(policy?.attribs?.content).toContain(`script-src '${galleryScriptHash}'`);
    expect(elements(page, 'script').map(({ children }) => children?.[0]?.data)).toEqual([galleryScript]);
    expect(page).not.toMatch(/(?:src|href|srcset)="(?:https?:)?\/\//);
  });

  test('shows a name as it is, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (name, title) => {
        const page = await pageOf([{ ...entryOf('sea.jpg'), name }], title);
        const alike = (text?: string) => text?.replace(/[\p{Cc}\p{Cs}\u2400-\u2421\uFFFD]/gu, '?');
        expect(alike(elements(page, 'img')[0]?.attribs?.alt)).toBe(alike(name));
        expect(elements(page, 'script')).toHaveLength(1);
        expect(elements(page, 'li')).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });

  test('has the colour of a picture in its place, but not behind one that can be looked through', async () => {
    const colour = '#336699';
    const page = await pageOf([
      { ...entryOf('a.jpg', ['image/jpeg']), colour },
      { ...entryOf('b.png', ['image/png']), colour },
      { ...entryOf('c.jpg', ['image/jpeg']), colour: 'red;}</style>' },
    ]);
    const styles = elements(page, 'li').map(({ attribs }) => attribs?.style);
    expect(styles.map((style) => style?.includes('--c'))).toEqual([true, false, false]);
  });

  test('of no picture says so', async () => {
    expect(await pageOf([])).toContain('There is no picture in this gallery.');
  });

  test('of many pictures has pages that lead to each other, of which none is left out', async () => {
    const folder = tempFolder();
    const file = join(folder, 'my gallery.html');
    const count = 2 * picturesAPage + 1;
    const entry = entryOf('sea.jpg');
    const claimed: string[] = [];
    const set = {
      ...setOf(folder, []),
      count,
      claim: async (further: string) => void claimed.push(basename(further)),
      async *entries() {
        for (let at = 0; at < count; at += 1) yield { ...entry, name: `${at}.jpg` };
      },
    };
    const files = await writeGallery(set, file);
    expect(files.map((path) => basename(path))).toEqual([
      'my gallery.html',
      'my gallery-2.html',
      'my gallery-3.html',
    ]);
    expect(claimed).toEqual(['my gallery-2.html', 'my gallery-3.html']);
    expect(readdirSync(folder).toSorted()).toEqual(files.map((path) => basename(path)).toSorted());
    const pages = files.map((path) => readFileSync(path, 'utf8'));
    expect(pages.map((page) => page.match(/<li /g)?.length)).toEqual([picturesAPage, picturesAPage, 1]);
    expect(pages[1]).toContain('10,001 pictures · page 2 of 3');
    expect(pages[1]).toContain('href="my%20gallery-3.html" rel="next"');
    expect(pages[2]).not.toContain('rel="next"');
  });

  test('of small thumbnails has rows no higher than these', async () => {
    const small = await pageOf([entryOf('a.jpg', ['image/jpeg'], [[75, 50]])]);
    const large = await pageOf([entryOf('a.jpg', ['image/jpeg'], [[1200, 800]])]);
    expect(small).toContain('--row-height:min(45px,27vw)');
    expect(large).toContain('--row-height:min(220px,27vw)');
  });
});
