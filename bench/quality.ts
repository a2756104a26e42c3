/**
 * How true the thumbnails are: `node bench/quality.ts [--set small] [--size 75x75] [--count 300]`. The mean absolute
 * difference, per channel of 0 to 255, from a full decode scaled with Lanczos to the same dimensions.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { benchFolder, photoSet, sets } from './lib/photographs.ts';
import { thumbnailers } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'small' },
    size: { type: 'string', default: '75x75' },
    count: { type: 'string', default: '300' },
  },
});
const set = sets.find((name) => name === values.set);
if (!set) throw new Error(`Expected --set to be one of ${sets.join(', ')}, got ${values.set}`);
const photos = await photoSet(set, Number(values.count));
const names = readdirSync(photos).filter((name) => name.endsWith('.jpg'));

/** The thumbnail as it should be: nothing left out of the decode, and a filter that sees every pixel. */
async function reference(name: string, width: number, height: number): Promise<Buffer> {
  const { data, info } = await sharp(join(photos, name))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return sharp(data, { raw })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

async function difference(name: string, folder: string): Promise<number> {
  const { data, info } = await sharp(join(folder, name))
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const expected = await reference(name, info.width, info.height);
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum += Math.abs((data[at] ?? 0) - (expected[at] ?? 0));
  return sum / data.length;
}

process.stdout.write(`${names.length} files of the set "${set}" to ${values.size}\n\n`);
process.stdout.write('| contender | mean absolute difference |\n|---|---:|\n');
const output = join(benchFolder, 'out');
for (const { name, command, args, env } of thumbnailers({ photos, output, size: values.size })) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  execFileSync(command, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  let sum = 0;
  for (const file of names) sum += await difference(file, output);
  process.stdout.write(`| ${name} | ${(sum / names.length).toFixed(3)} |\n`);
}
