import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const deflated = promisify(deflate);

type Colour = readonly [red: number, green: number, blue: number];

/** A landscape of a colour of its own: sky, a sun, two mountains. The same number gives the same picture. */
export async function drawSample(seed: number): Promise<Buffer> {
  const width = 480 + ((seed * 37) % 161);
  const height = 360 + ((seed * 53) % 121);
  return png(width, height, await deflated(pixels(seed, width, height), { level: 6 }));
}

/** As PNG has them: each row begins with the number of its filter, here that of the difference to the pixel before. */
function pixels(seed: number, width: number, height: number): Buffer {
  const hue = (seed * 47) % 360;
  const above = colourOf(hue, 0.6, 0.72);
  const below = colourOf(hue + 50, 0.5, 0.35);
  const sun = colourOf(hue + 180, 0.8, 0.82);
  const far = colourOf(hue + 90, 0.3, 0.32);
  const near = colourOf(hue + 120, 0.35, 0.2);
  const centre = { x: width * (0.2 + ((seed * 13) % 60) / 100), y: height * (0.2 + ((seed * 7) % 30) / 100) };
  const radius = width * (0.06 + (seed % 9) / 100);
  const peaks = [peak(width * (0.25 + (seed % 4) / 20), height * 0.45), peak(width * 0.72, height * 0.58)];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    rows[at++] = 1;
    const sky = mixed(above, below, y / height);
    let before: Colour = [0, 0, 0];
    for (let x = 0; x < width; x += 1) {
      let colour = sky;
      if ((x - centre.x) ** 2 + (y - centre.y) ** 2 < radius ** 2) colour = sun;
      if (peaks[0]?.(x, y)) colour = far;
      if (peaks[1]?.(x, y)) colour = near;
      for (let part = 0; part < 3; part += 1) rows[at++] = (colour[part] ?? 0) - (before[part] ?? 0);
      before = colour;
    }
  }
  return rows;
}

function peak(left: number, top: number): (x: number, y: number) => boolean {
  return (x, y) => y > top + Math.abs(x - left) * 0.8;
}

function mixed(a: Colour, b: Colour, share: number): Colour {
  const part = (at: 0 | 1 | 2) => Math.round(a[at] + (b[at] - a[at]) * share);
  return [part(0), part(1), part(2)];
}

function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [part(0), part(8), part(4)];
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function png(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a part, three parts a pixel.
  header.set([8, 2], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}
