import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { apart } from '../../../../../test/codecs/png/samples.ts';
import { rendered } from '../../../../../test/images/rendered.ts';
import { sampleJpeg } from '../../../../../test/images/sample-images.ts';
import { writeGif } from '../../../../../test/images/write-gif.ts';

const small = { left: 30, top: 20, width: 60, height: 40, colour: 1 };
const full = { left: 0, top: 0, width: 120, height: 80, colour: 2 };

describe('a GIF whose first frame is smaller than its screen', () => {
  it.each([
    ['alone', [small]],
    ['with a frame after it that covers all', [small, full]],
  ])('is transparent around it, and white where there is no transparency: %s', async (_name, frames) => {
    const gif = writeGif(120, 80, frames);
    for (const format of ['gif', 'png', 'webp'] as const) {
      const { width, height, pixel } = await rendered(gif, format);
      expect([width, height]).toEqual([75, 50]);
      expect(pixel(3, 3)[3], format).toBe(0);
      expect(pixel(37, 25)[3], format).toBe(255);
    }
    const { pixel } = await rendered(gif, 'jpeg');
    expect(pixel(3, 3)).toEqual([255, 255, 255, 255]);
    expect(pixel(37, 25)[0]).toBeGreaterThan(245);
    expect(pixel(37, 25)[1]).toBeLessThan(10);
  });

  it('fails as before where it is cut off within that frame', async () => {
    const gif = writeGif(120, 80, [small]);
    await expect(rendered(gif.subarray(0, gif.length - 200), 'png')).rejects.toMatchObject({
      code: expect.stringMatching(/_IMAGE$/),
    });
  });
});

it('a GIF thumbnail has the colours of its own pixels, not those of the input’s palette', async () => {
  // Two colours only: what they make together, seen from afar, is in no palette of the input.
  const photo = await sharp(await sampleJpeg(2, 400, 300))
    .greyscale()
    .gif({ colours: 2, dither: 1 })
    .toBuffer();
  const [asGif, asPng] = [await rendered(photo, 'gif'), await rendered(photo, 'png')];
  expect((await apart(asGif.data, asPng.data)).mean).toBeLessThan(3);
});
