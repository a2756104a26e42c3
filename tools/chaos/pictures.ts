import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Small pictures, each with bytes of its own: of twenty, seventeen JPEGs, two PNGs and a WebP. Returns their names. */
export async function makePictures(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const picture = sharp(...pixelsOf(index));
    const turn = index % 20;
    const extension = turn === 19 ? 'webp' : turn >= 17 ? 'png' : 'jpg';
    if (extension === 'webp') picture.webp({ effort: 0 });
    else if (extension === 'png') picture.png({ compressionLevel: 1 });
    else picture.jpeg({ quality: 80 });
    const name = `photo-${String(index + 1).padStart(4, '0')}.${extension}`;
    writeFileSync(join(folder, name), await picture.toBuffer());
    names.push(name);
  }
  return names;
}

/** Waves whose length and colours are the picture's own. */
function pixelsOf(index: number): [Buffer, { raw: { width: number; height: number; channels: 3 } }] {
  const width = 120 + ((index * 37) % 101);
  const height = 90 + ((index * 53) % 71);
  const pixels = Buffer.alloc(width * height * 3);
  const [red, green, blue] = [3 + (index % 7), 2 + (index % 11), 1 + (index % 13)];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      pixels[at] = x * red + index;
      pixels[at + 1] = y * green + (index >> 3);
      pixels[at + 2] = (x + y) * blue;
    }
  }
  return [pixels, { raw: { width, height, channels: 3 } }];
}
