import sharp from 'sharp';
import { icnsOf, icoOf, type Png } from './containers.ts';
import { type Frame, iconSvg, symbolicSvg } from './drawing.ts';

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
const macSizes = [32, 64, 128, 256, 512, 1024];

/** Each file of `resources/icons` by its name. */
export async function iconFiles(): Promise<Record<string, Buffer>> {
  const [linux, windows, mac] = await Promise.all([
    pngsOf(linuxSizes, 'plain'),
    pngsOf(windowsSizes, 'plain'),
    pngsOf(macSizes, 'mac'),
  ]);
  return {
    ...Object.fromEntries(linux.map(({ size, bytes }) => [`${size}x${size}.png`, bytes])),
    'icon.svg': Buffer.from(iconSvg(512, 'plain')),
    'icon-symbolic.svg': Buffer.from(symbolicSvg()),
    'icon.ico': icoOf(windows),
    'icon.icns': icnsOf(mac),
  };
}

function pngsOf(sizes: readonly number[], frame: Frame): Promise<Png[]> {
  return Promise.all(sizes.map(async (size) => ({ size, bytes: await pngOf(iconSvg(size, frame), size) })));
}

async function pngOf(svg: string, size: number): Promise<Buffer> {
  // At this density the drawing of 24 units is as large as the icon.
  const drawn = sharp(Buffer.from(svg), { density: (72 * size) / 24 });
  return drawn.resize(size, size).png({ compressionLevel: 9, effort: 10 }).toBuffer();
}
