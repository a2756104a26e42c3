import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { box, rawContainers } from '../../../../test/images/raw-containers.ts';
import { type Fields, tiffHeader, writeDirectories } from '../../../../test/images/write-directories.ts';
import { writeHeif } from '../../../../test/images/write-heif.ts';
import { tempFolder } from '../../../../test/temp-folder.ts';
import { readFacts } from './read-facts.ts';

const taken = {
  IFD0: { Make: 'Canon', Model: 'Canon EOS R5' },
  IFD2: { DateTimeOriginal: '2026:05:28 17:30:15', LensModel: 'RF35mm F1.8' },
};
const told = { taken: '20260528173015', camera: 'Canon EOS R5', model: 'Canon EOS R5', lens: 'RF35mm F1.8' };
const plain = () => sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
/** When files of tests were changed: 2001-02-03 04:05:06 by the clock of this machine. */
const changed = new Date(2001, 1, 3, 4, 5, 6);
const ofFile = '20010203040506';

async function factsOf(bytes: Uint8Array, name = 'a.jpg') {
  const path = join(tempFolder(), name);
  writeFileSync(path, bytes);
  utimesSync(path, changed, changed);
  return (await readFacts([path]))[0];
}

/** TIFF data with these fields in its first directory, and those in EXIF's own. */
const exifOf = (first: Fields, exif: Fields, order: 'II' | 'MM' = 'II') =>
  writeDirectories(tiffHeader(order), [{ ...first, 34665: { directories: [exif] } }], order);
const jpegWith = (exif: Buffer) => {
  const segment = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]), Buffer.from('Exif\0\0'), exif]);
  segment.writeUInt16BE(segment.length - 4, 4);
  return Buffer.concat([segment, Buffer.from([0xff, 0xd9])]);
};

describe('what a picture tells', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('is read from %s', async (format) => {
    const bytes = await plain().withExif(taken)[format]().toBuffer();
    expect(await factsOf(bytes)).toEqual(told);
  });

  test.each(['II', 'MM'] as const)(
    'is read from HEIC, wherever the item lies, in the order %s',
    async (order) => {
      const tiff = exifOf(
        { 271: 'Canon', 272: 'Canon EOS R5' },
        { 36867: '2026:05:28 17:30:15', 42036: 'RF35mm F1.8' },
        order,
      );
      for (const before of [0, 10, 40_000]) {
        const offset = Buffer.alloc(4 + before);
        offset.writeUInt32BE(before);
        const items = [
          { type: 'hvc1', data: Buffer.alloc(30_000) },
          { type: 'Exif', data: Buffer.concat([offset, tiff]) },
        ];
        expect(await factsOf(writeHeif({ items }))).toEqual(told);
      }
    },
  );

  test('is read from JPEG XL, whose box holds what an item of HEIC does', async () => {
    const tiff = exifOf(
      { 271: 'Canon', 272: 'Canon EOS R5' },
      { 36867: '2026:05:28 17:30:15', 42036: 'RF35mm F1.8' },
    );
    const signature = box('JXL ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a]));
    const exif = box('Exif', Buffer.concat([Buffer.alloc(4), tiff]));
    expect(await factsOf(Buffer.concat([signature, box('jxlc', Buffer.alloc(20_000)), exif]))).toEqual(told);
  });

  test.each(Object.entries(rawContainers))(
    'of a raw photo .%s is its camera, where the container tells',
    async (extension, container) => {
      const [thumbnail, preview] = [await plain().jpeg().toBuffer(), await plain().jpeg().toBuffer()];
      const full = await plain().withExif(taken).jpeg().toBuffer();
      const facts = await factsOf(container({ thumbnail, preview, full }), `a.${extension}`);
      const isSilent = extension === 'crw' || extension === 'x3f';
      if (isSilent) expect(facts).toEqual({ taken: ofFile });
      else expect(facts?.camera).toMatch(extension === 'raf' ? /^Canon EOS R5$/ : / test$/);
    },
  );

  test('begins with the original time, then that of the scan, then that of the last change', async () => {
    const [one, two, three] = ['2001:01:01 01:01:01', '2002:02:02 02:02:02', '2003:03:03 03:03:03'];
    const first = { 306: three };
    expect(await factsOf(exifOf(first, { 36867: one, 36868: two }))).toMatchObject({
      taken: '20010101010101',
    });
    expect(await factsOf(exifOf(first, { 36868: two }))).toMatchObject({ taken: '20020202020202' });
    expect(await factsOf(exifOf(first, { 36867: '0000:00:00 00:00:00' }))).toMatchObject({
      taken: '20030303030303',
    });
  });

  test.each([
    '0000:00:00 00:00:00',
    '2026:13:01 00:00:00',
    '2026:02:30 00:00:00',
    '2026:01:01 24:00:00',
    '    :  :     :  :  ',
    'yesterday',
    '',
  ])('without a time that there is (%j) is when the file was changed', async (time) => {
    expect(await factsOf(exifOf({ 271: 'Acme' }, { 36867: time }))).toMatchObject({
      taken: ofFile,
      camera: 'Acme',
    });
  });

  test.each([
    ['2026-05-28T17:30:15', '20260528173015'],
    ['2026:05:28 17:30', '20260528173000'],
    ['2024:02:29', '20240229000000'],
    ['1899:12:31 23:59:59', '18991231235959'],
  ])('may be written as %s', async (time, expected) => {
    expect(await factsOf(exifOf({}, { 36867: time }))).toMatchObject({ taken: expected });
  });

  test.each([
    ['NIKON CORPORATION', 'NIKON D750', 'NIKON D750'],
    ['SONY', 'ILCE-7M3', 'SONY ILCE-7M3'],
    ['OLYMPUS IMAGING CORP.', 'E-M1', 'OLYMPUS E-M1'],
    ['SAMSUNG TECHWIN CO., LTD.', 'NX1', 'SAMSUNG NX1'],
    ['Apple', 'iPhone 15 Pro', 'Apple iPhone 15 Pro'],
    ['  Canon  ', ' Canon\0EOS', 'Canon'],
    ['', 'X-T5', 'X-T5'],
    ['Acme', '', 'Acme'],
    ['..', '../../etc/passwd', /^[^/.][^/]*$/],
    ['CON', '', 'CON_'],
    ['a/b', 'c\\d', 'a_b c_d'],
    ['\u202e', '\n', undefined],
    ['', '', undefined],
  ])('names the camera %j, %j as %s', async (make, model, camera) => {
    const facts = await factsOf(
      exifOf({ ...(make && { 271: make }), ...(model && { 272: model }) }, { 36867: '2001:01:01 01:01:01' }),
    );
    if (camera instanceof RegExp) expect(facts?.camera).toMatch(camera);
    else expect(facts?.camera).toBe(camera);
  });

  test('is the time of the file where there is no EXIF, and nothing where there is no file', async () => {
    expect(await factsOf(await plain().png().toBuffer())).toEqual({ taken: ofFile });
    expect(await factsOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg')).toEqual({
      taken: ofFile,
    });
    expect(await factsOf(Buffer.alloc(0))).toEqual({ taken: ofFile });
    const folder = tempFolder();
    mkdirSync(join(folder, 'a.jpg'));
    expect((await readFacts([join(folder, 'none.jpg')]))[0]?.taken).toBeUndefined();
    expect((await readFacts([join(folder, 'a.jpg')]))[0]?.taken).toMatch(/^\d{14}$/);
  });

  test('is told in the order of the paths, of many at once', async () => {
    const folder = tempFolder();
    const paths = Array.from({ length: 100 }, (_, at) => {
      const path = join(folder, `${at}.jpg`);
      const year = String(1900 + at);
      writeFileSync(path, jpegWith(exifOf({}, { 36867: `${year}:01:01 00:00:00` })));
      return path;
    });
    const years = (await readFacts(paths)).map(({ taken }) => Number(taken?.slice(0, 4)));
    expect(years).toEqual(paths.map((_, at) => 1900 + at));
  });

  test('of a damaged file is something or nothing, and never an error', async () => {
    const tiff = exifOf({ 271: 'Canon', 272: 'Canon EOS R5' }, { 36867: '2026:05:28 17:30:15' });
    const samples = [
      await plain().withExif(taken).jpeg().toBuffer(),
      await plain().withExif(taken).png().toBuffer(),
      await plain().withExif(taken).avif().toBuffer(),
      writeHeif({ items: [{ type: 'Exif', data: Buffer.concat([Buffer.alloc(4), tiff]) }] }),
      tiff,
    ];
    const change = fc.record({ at: fc.nat(), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        async (sample, changes, cut) => {
          const bytes = Buffer.from(sample.subarray(0, cut % 3 === 0 ? cut % sample.length : sample.length));
          for (const { at, to } of changes)
            if (bytes.length > 0) bytes[at % Math.min(bytes.length, 1_500)] = to;
          const facts = await factsOf(bytes);
          expect(facts?.taken).toMatch(/^\d{14}$/);
          expect(facts?.camera ?? '').not.toMatch(/[/\\\0]/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
