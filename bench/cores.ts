/**
 * How thumbnails scale with the cores, format by format, beside Pillow's `Pool.map`:
 * `node bench/cores.ts [--formats jpeg,png,webp,gif,tiff,avif] [--count 1200] [--rounds 3] [--size 75x75]`.
 * Pool sizes are 1, 2, 4 … and all cores. The efficiency is the speed-up over one thread, divided by the threads.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { type Contender, compare, type Row } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';
import { benchFolder, photoSet } from './lib/photographs.ts';
import { python, shoal } from './lib/thumbnailers.ts';

const known = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;
type Format = (typeof known)[number];

const { values } = parseArgs({
  options: {
    formats: { type: 'string', default: known.join(',') },
    count: { type: 'string', default: '1200' },
    rounds: { type: 'string', default: '3' },
    size: { type: 'string', default: '75x75' },
  },
});
const formats = known.filter((format) => values.formats.split(',').includes(format));
const count = Number(values.count);
const cores = availableParallelism();
const pools = poolSizes(cores);
const output = join(benchFolder, 'cores-out');
const hasPillow = isInstalled(python, '-c', 'import PIL');
if (!hasPillow) tellMissing(['Pillow Pool.map']);

process.stdout.write(
  `${count} files a format to ${values.size}, ${cores} cores, medians of ${values.rounds}\n\n`,
);
process.stdout.write('| format | contender | threads | img/s | speed-up | efficiency | × Pool.map |\n');
process.stdout.write('|---|---|---:|---:|---:|---:|---:|\n');
for (const format of formats) {
  const photos = await setOf(format);
  const rows = await compare(
    pools.flatMap((pool) => contenders(photos, pool)),
    count,
    Number(values.rounds),
  );
  for (const row of rows) process.stdout.write(`${line(format, row, rows)}\n`);
}

function contenders(photos: string, pool: number): Contender[] {
  const prepare = (): void => {
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output);
  };
  const verify = (): void => {
    const made = readdirSync(output).length;
    if (made !== count) throw new Error(`${made} thumbnails of ${count}`);
  };
  const common = { prepare, verify };
  const args = [shoal, 'thumbs', photos, '--out', output, '--size', values.size, '--pool', String(pool)];
  const own = { name: `Shoal ${pool}`, command: process.execPath, args: [...args, '--force'], ...common };
  const peer = {
    name: `Pool.map ${pool}`,
    command: python,
    args: [join(import.meta.dirname, 'peers/pool_map.py'), photos, output, values.size, String(pool)],
    ...common,
  };
  return hasPillow ? [peer, own] : [own];
}

function line(format: Format, { name, perSecond }: Row, rows: readonly Row[]): string {
  const [contender = '', threads = ''] = name.split(/ (?=\d+$)/);
  const speedOf = (who: string) => rows.find((row) => row.name === who)?.perSecond;
  const speedUp = perSecond / (speedOf(`${contender} 1`) ?? perSecond);
  const peer = speedOf(`Pool.map ${threads}`);
  const cells = [
    format,
    contender,
    threads,
    Math.round(perSecond),
    `${speedUp.toFixed(2)}×`,
    `${Math.round((100 * speedUp) / Number(threads))} %`,
    peer === undefined ? '–' : (perSecond / peer).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** 1, 2, 4 … and all cores. */
function poolSizes(most: number): number[] {
  const sizes: number[] = [];
  for (let size = 1; size < most; size *= 2) sizes.push(size);
  return [...sizes, most];
}

/** The small photographs in a format, made once. */
async function setOf(format: Format): Promise<string> {
  const photos = await photoSet('small', count);
  if (format === 'jpeg') return photos;
  const folder = join(benchFolder, `small-${format}-${count}`);
  const ready = join(folder, '.ready');
  if (existsSync(ready)) return folder;
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(photos).filter((name) => !name.startsWith('.'))) {
    await sharp(join(photos, name))
      .toFormat(format)
      .toFile(join(folder, name.replace(/\.jpg$/, `.${format}`)));
  }
  writeFileSync(ready, '');
  return folder;
}
