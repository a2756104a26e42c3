import { expect, test } from 'vitest';
import { writePdf } from '../../../../../test/images/write-pdf.ts';
import { bytesInMemory } from '../../../../codecs/headers/file-bytes.ts';
import { pdfReader } from './pdf-reader.ts';

const settings = { name: 'a.pdf', maxPixels: 50_000_000 };

async function drawn(file: Uint8Array, needed = 100) {
  const picture = await pdfReader.open(bytesInMemory(file), settings);
  try {
    const pixels = await picture.pixels(({ width, height }) => Math.max(width, height) >= needed);
    if (pixels.kind !== 'raster') throw new Error('Expected pixels.');
    const { raster } = pixels;
    const at = (x: number, y: number) => {
      const from = 3 * (Math.floor(y * raster.height) * raster.width + Math.floor(x * raster.width));
      return [...raster.pixels.subarray(from, from + 3)].join();
    };
    return { size: picture.size, raster, at };
  } finally {
    picture.close();
  }
}

const red = '255,0,0';
const white = '255,255,255';

test('a page has 300 pixels to an inch, and is drawn on white no larger than about what is needed', async () => {
  const { size, raster, at } = await drawn(writePdf('/MediaBox[0 0 200 144]'));
  expect(size).toEqual({ width: 833, height: 600 });
  expect(raster.width).toBeGreaterThanOrEqual(200);
  expect(raster.width).toBeLessThan(260);
  expect([at(0.1, 0.9), at(0.9, 0.9), at(0.1, 0.1)]).toEqual([red, white, white]);
});

test('a page is cropped and turned as it is shown', async () => {
  const { size, at } = await drawn(writePdf('/MediaBox[0 0 200 200]/CropBox[50 50 150 100]/Rotate 90'));
  expect(size).toEqual({ width: 208, height: 417 });
  expect([at(0.5, 0.2), at(0.5, 0.8)]).toEqual([red, white]);
});

test('a page as large as a field has no more pixels than are allowed', async () => {
  const { size, raster } = await drawn(writePdf('/MediaBox[0 0 2000000 1000000]'));
  expect(size.width * size.height).toBeLessThanOrEqual(settings.maxPixels);
  expect(raster.width).toBeLessThan(260);
});

test.each([
  [
    'encrypted',
    writePdf('/MediaBox[0 0 9 9]', '/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt 5 0 R', [
      `<</Filter/Standard/V 1/R 2/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>/P -4>>`,
    ]),
    'PASSWORD_NEEDED',
  ],
  ['cut', writePdf('/MediaBox[0 0 9 9]').subarray(0, 60), 'TRUNCATED_IMAGE'],
  ['of nonsense', Buffer.from(`%PDF-1.4\n${'nonsense '.repeat(50)}\n%%EOF`), 'CORRUPT_IMAGE'],
  [
    'without a page',
    Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
    ),
    'CORRUPT_IMAGE',
  ],
])('a document that is %s fails with its code', async (_, file, code) => {
  await expect(drawn(file)).rejects.toMatchObject({ code });
});

test('damaged documents end with pixels or a code', async () => {
  const whole = writePdf('/MediaBox[0 0 200 144]');
  for (let i = 0; i < 200; i++) {
    const file = Buffer.from(whole);
    for (let k = 0; k < 4; k++) file[(i * 7919 + k * 104_729) % file.length] = (i * 31 + k * 17) % 256;
    const outcome = await drawn(file).then(
      () => 'done',
      (error) => error.code,
    );
    expect(['done', 'CORRUPT_IMAGE', 'TRUNCATED_IMAGE', 'PASSWORD_NEEDED']).toContain(outcome);
  }
});
