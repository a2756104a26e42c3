import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** Debian's packages with real photographs in them; none is installed, only unpacked. */
const packages = ['mate-backgrounds', 'ukui-wallpapers', 'gnome-backgrounds'];

/** Where benchmark material is kept between benchmarks. `SHOAL_BENCH_DIR` overrides. */
export const benchFolder = process.env.SHOAL_BENCH_DIR ?? join(tmpdir(), 'shoal-bench');

export const sets = ['small', 'large', 'progressive', 'mixed'] as const;
export type PhotoSet = (typeof sets)[number];

const counts: Readonly<Record<PhotoSet, number>> = { small: 6000, large: 48, progressive: 48, mixed: 600 };

/** Makes a set of photographs once, and returns its folder. The same machine gives the same files. */
export async function photoSet(set: PhotoSet, count = counts[set]): Promise<string> {
  const folder = join(benchFolder, `${set}-${count}`);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  mkdirSync(folder, { recursive: true });
  const originals = await photographs();
  process.stdout.write(`Making ${count} photographs of the set "${set}" …\n`);
  for (let start = 0; start < count; start += 4) {
    const batch = Array.from({ length: Math.min(4, count - start) }, (_, offset) => start + offset);
    await Promise.all(
      batch.map((index) => makePhoto(originals[index % originals.length] as string, set, index, folder)),
    );
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

async function makePhoto(original: string, set: PhotoSet, index: number, folder: string): Promise<void> {
  const to = (extension: string) => join(folder, `photo-${String(index).padStart(5, '0')}.${extension}`);
  if (set === 'large') return save(await twelveMegapixels(original), to('jpg'), { quality: 88 });
  if (set === 'progressive')
    return save(await twelveMegapixels(original), to('jpg'), { quality: 88, progressive: true });
  if (set === 'small' || index % 10 < 6)
    return save(await smallCrop(original, index), to('jpg'), { quality: 88 });
  // Mixed: of ten, six small JPEGs, one large, one progressive, one PNG, one WebP.
  if (index % 10 === 6)
    return save((await twelveMegapixels(original)).resize(2000), to('jpg'), { quality: 85 });
  if (index % 10 === 7)
    return save(await smallCrop(original, index), to('jpg'), { quality: 88, progressive: true });
  const crop = await smallCrop(original, index);
  await (index % 10 === 8 ? crop.png().toFile(to('png')) : crop.webp().toFile(to('webp')));
}

async function save(image: sharp.Sharp, path: string, options: sharp.JpegOptions): Promise<void> {
  await image.jpeg(options).toFile(path);
}

/** A part of the photograph at half its size: about 40 KB, as files from the web are. */
async function smallCrop(original: string, index: number): Promise<sharp.Sharp> {
  const { width: fullWidth, height: fullHeight } = await sharp(original).metadata();
  const width = 320 + ((index * 37) % 321);
  const height = 240 + ((index * 53) % 241);
  const left = (index * 7919) % (fullWidth - 2 * width);
  const top = (index * 104_729) % Math.max(1, fullHeight - 2 * height);
  const region = { left, top, width: 2 * width, height: Math.min(2 * height, fullHeight) };
  const part = await sharp(original).removeAlpha().toColourspace('srgb').extract(region).toBuffer();
  return sharp(part).resize(width, height, { fit: 'fill' });
}

async function twelveMegapixels(original: string): Promise<sharp.Sharp> {
  return sharp(original).removeAlpha().resize(4000, 3000, { fit: 'cover' });
}
