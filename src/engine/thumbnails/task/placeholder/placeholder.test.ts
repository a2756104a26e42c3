import { join } from 'node:path';
import sharp from 'sharp';
import { thumbHashToAverageRGBA } from 'thumbhash';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { JpegThumbnailer } from '../jpeg-thumbnailer.ts';
import { placeholderOf, placeholderTaskWith } from './placeholder.ts';

const jpeg = new JpegThumbnailer();

const orange = { r: 230, g: 120, b: 20 };

/** A picture that is orange above and black below. */
async function half(name: string): Promise<string> {
  const path = join(tempFolder(), name);
  const black = await sharp({ create: { width: 60, height: 20, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 60, height: 40, channels: 3, background: orange } })
    .composite([{ input: black, gravity: 'south' }])
    .toFile(path);
  return path;
}

test.each(['a.jpg', 'a.png', 'a.webp', 'a.avif'])(
  'the placeholder of %s has its mean colour and its shape',
  async (name) => {
    const path = await half(name);
    const made = await placeholderOf([{ path, width: 60, height: 40 }], jpeg);
    const [r = 0, g = 0, b = 0] = (made?.colour.match(/[\da-f]{2}/g) ?? []).map((hex) =>
      Number.parseInt(hex, 16),
    );
    expect(Math.abs(r - 115)).toBeLessThan(8);
    expect(Math.abs(g - 60)).toBeLessThan(8);
    expect(Math.abs(b - 10)).toBeLessThan(8);
    const average = thumbHashToAverageRGBA(Buffer.from(made?.thumbHash ?? '', 'base64'));
    expect(average.r * 255).toBeGreaterThan(90);
    expect(average.a).toBe(1);
  },
);

test('a grey JPEG has one, and what is transparent counts for nothing', async () => {
  const folder = tempFolder();
  const grey = join(folder, 'grey.jpg');
  await sharp({ create: { width: 30, height: 30, channels: 3, background: '#808080' } })
    .toColourspace('b-w')
    .toFile(grey);
  expect((await placeholderOf([{ path: grey }], jpeg))?.colour).toMatch(/^#(7f|80|81){3}$/);
  const clear = join(folder, 'clear.png');
  const red = await sharp({ create: { width: 10, height: 10, channels: 4, background: '#f00' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 30, height: 30, channels: 4, background: '#0000' } })
    .composite([{ input: red }])
    .toFile(clear);
  expect((await placeholderOf([{ path: clear }], jpeg))?.colour).toBe('#ff0000');
});

test('what is gone or no picture has none, and the others have theirs', async () => {
  const path = await half('a.jpg');
  const pictures = [
    [{ path: join(tempFolder(), 'gone.jpg') }],
    [{ path }],
    [{ path: import.meta.filename }],
    [],
  ];
  expect(await placeholderTaskWith(jpeg)({ pictures })).toEqual([
    undefined,
    expect.anything(),
    undefined,
    undefined,
  ]);
});
