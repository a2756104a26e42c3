import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { withExifThumbnail } from '../../test/images/camera-jpeg.ts';

/** Debian's packages with real photographs in them; none is installed, only unpacked. */
const packages = ['mate-backgrounds', 'ukui-wallpapers', 'gnome-backgrounds'];

/** Where benchmark material is kept between benchmarks. `SHOAL_BENCH_DIR` overrides. */
export const benchFolder = process.env.SHOAL_BENCH_DIR ?? join(tmpdir(), 'shoal-bench');

export const sets = ['small', 'large', 'progressive', 'mixed', 'camera'] as const;
export type PhotoSet = (typeof sets)[number];

const counts: Readonly<Record<PhotoSet, number>> = {
  small: 6000,
  large: 192,
  progressive: 96,
  mixed: 3000,
  camera: 2000,
};

/** Makes a set of photographs once, and returns its folder. The same machine gives the same files. */
export async function photoSet(set: PhotoSet, count = counts[set]): Promise<string> {
  const folder = join(benchFolder, `${set}-${count}`);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  mkdirSync(folder, { recursive: true });
  const originals = await photographs();
  process.stdout.write(`Making ${count} photographs of the set "${set}" …\n`);
  for (const [place, original] of originals.entries()) {
    // A photograph is decoded once and cut into all its parts.
    const decoded = await decode(original);
    const camera = set === 'camera' ? await asFromCamera(decoded) : undefined;
    for (let index = place; index < count; index += originals.length)
      if (camera) writeFileSync(pathOf(folder, index, 'jpg'), camera);
      else await makePhoto(decoded, set, index, folder);
  }
  writeFileSync(ready, '');
  return folder;
}

/** The photographs of at least 1,900 pixels in width. */
async function photographs(): Promise<string[]> {
  const unpacked = join(benchFolder, 'packages');
  if (!existsSync(unpacked)) {
    const downloads = join(benchFolder, 'downloads');
    mkdirSync(downloads, { recursive: true });
    execFileSync('apt-get', ['download', ...packages], { cwd: downloads, stdio: 'ignore' });
    for (const name of readdirSync(downloads)) execFileSync('dpkg', ['-x', join(downloads, name), unpacked]);
  }
  const found: string[] = [];
  for (const entry of readdirSync(unpacked, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(jpe?g|png|webp)$/i.test(entry.name) || statSync(path).size < 300_000)
      continue;
    const { width = 0 } = await sharp(path).metadata();
    if (width >= 1900) found.push(path);
  }
  if (found.length === 0) throw new Error(`No photographs in ${packages.join(', ')}: is apt-get there?`);
  return found.sort();
}

/** A photograph as pixels: whole at 4000×3000, and at half its own size to cut small pictures from. */
interface Decoded {
  readonly large: Sharp;
  readonly half: Sharp;
  readonly width: number;
  readonly height: number;
}

async function decode(original: string): Promise<Decoded> {
  const pixels = async (image: Sharp) => {
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return { image: sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }), info };
  };
  const photo = sharp(original).removeAlpha().toColourspace('srgb');
  const { width } = await photo.metadata();
  const large = await pixels(photo.clone().resize(4000, 3000, { fit: 'cover' }));
  const half = await pixels(photo.clone().resize(Math.max(Math.round(width / 2), 1000)));
  return { large: large.image, half: half.image, width: half.info.width, height: half.info.height };
}

function pathOf(folder: string, index: number, extension: string): string {
  return join(folder, `photo-${String(index).padStart(5, '0')}.${extension}`);
}

/** 12 megapixels with EXIF's thumbnail of 160×120 in front. */
async function asFromCamera({ large }: Decoded): Promise<Buffer> {
  const photo = await large.clone().jpeg({ quality: 88 }).toBuffer();
  const thumbnail = await large.clone().resize(160, 120).jpeg({ quality: 80 }).toBuffer();
  return withExifThumbnail(photo, thumbnail);
}

async function makePhoto(photo: Decoded, set: PhotoSet, index: number, folder: string): Promise<void> {
  const to = (extension: string) => pathOf(folder, index, extension);
  const jpeg = (image: Sharp, options: JpegOptions) => image.jpeg(options).toFile(to('jpg'));
  if (set === 'large') return void (await jpeg(photo.large.clone(), { quality: 88 }));
  if (set === 'progressive')
    return void (await jpeg(photo.large.clone(), { quality: 88, progressive: true }));
  const crop = smallCrop(photo, index);
  // Mixed: of ten, six small JPEGs, one large, one progressive, one PNG, one WebP.
  const turn = set === 'mixed' ? index % 10 : 0;
  if (turn === 6) await jpeg(photo.large.clone().resize(2000), { quality: 85 });
  else if (turn === 8) await crop.png().toFile(to('png'));
  else if (turn === 9) await crop.webp().toFile(to('webp'));
  else await jpeg(crop, { quality: 92, progressive: turn === 7 });
}

/** A part of the photograph at half its size: about 40 KB, as files from the web are. */
function smallCrop({ half, width: fullWidth, height: fullHeight }: Decoded, index: number): Sharp {
  const width = 320 + ((index * 37) % 321);
  const height = Math.min(240 + ((index * 53) % 241), fullHeight);
  const left = (index * 7919) % (fullWidth - width + 1);
  const top = (index * 104_729) % (fullHeight - height + 1);
  return half.clone().extract({ left, top, width, height });
}
