import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Twelve images of formats that sharp alone reads, so that the JPEG kernel does not do the work instead. */
export async function makeImages(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [place, format] of (['png', 'webp', 'gif', 'tiff'] as const).entries()) {
    for (let seed = 0; seed < 3; seed += 1) {
      const background = `hsl(${(place * 3 + seed) * 30}, 60%, 50%)`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
        <rect width="100%" height="100%" fill="${background}"/><circle cx="${100 + seed * 50}" cy="150" r="90" fill="#fff8"/>
      </svg>`;
      await sharp(Buffer.from(svg))
        .toFormat(format)
        .toFile(join(folder, `${format}-${seed}.${format}`));
    }
  }
}
