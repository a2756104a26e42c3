import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** The size, colour and pixels of a picture, as tests look at it. */
export async function look(image: string | Uint8Array) {
  const { data, info } = await sharp(image).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixel = (x: number, y: number): number[] => {
    const at = (y * info.width + x) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  };
  return { width: info.width, height: info.height, pixel };
}

export function plain(width: number, height: number, background = '#3366cc') {
  return sharp({ create: { width, height, channels: 3, background } });
}

/**
 * A picture whose corners tell which way up it is: red at the top left, green at the top right, blue at the
 * bottom left, white at the bottom right; `orientation` is what its EXIF says, and the pixels are turned to match.
 */
export async function turnedCorners(width: number, height: number, orientation: number): Promise<Buffer> {
  const half = { width: width / 2, height: height / 2 };
  const patch = (background: string, left: number, top: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top,
  });
  const upright = await plain(width, height, '#ffffff')
    .composite([patch('#ff0000', 0, 0), patch('#00ff00', half.width, 0), patch('#0000ff', 0, half.height)])
    .png()
    .toBuffer();
  // The inverse of what each EXIF orientation asks a reader to do.
  const stored = sharp(upright);
  if (orientation === 2) stored.flop();
  if (orientation === 3) stored.rotate(180);
  if (orientation === 4) stored.flip();
  if (orientation === 5) stored.rotate(270).flop();
  if (orientation === 6) stored.rotate(270);
  if (orientation === 7) stored.rotate(90).flop();
  if (orientation === 8) stored.rotate(90);
  const turned = await stored.png().toBuffer();
  return sharp(turned)
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** A PNG that claims a size and has hardly any pixels: a decompression bomb's header. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A picture of grain, the same at each call: its data compresses badly, so that a cut or damage hits pixels. */
export function noise(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[i] = 96 + (state >>> 26);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
