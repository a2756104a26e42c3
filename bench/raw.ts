/**
 * Thumbnails of camera raw: `node bench/raw.ts [--count 1000] [--size 75x75] [--rounds 3]`. Files of 24 MB, with a
 * thumbnail of 160×107 and a preview of 1616×1080, one half each as Sony's and as Nikon's. The sensor's samples are a
 * hole in the file, as nobody here reads them. exiftool only takes the larger one out, on all cores.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { rawContainers } from '../test/images/raw-containers.ts';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';
import { benchFolder, photoSet } from './lib/photographs.ts';
import { onAllCores, shoalContender } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    size: { type: 'string', default: '75x75' },
    rounds: { type: 'string', default: '3' },
  },
});
const { size } = values;
const count = Number(values.count);
const fileBytes = 24 * 1024 * 1024;
const photos = join(benchFolder, `raw-${count}`);
const output = join(benchFolder, 'out');

/** As many as asked for, of the photographs that the other benchmarks have. */
async function makeRaws(): Promise<void> {
  const ready = join(photos, '.ready');
  if (existsSync(ready)) return;
  mkdirSync(photos, { recursive: true });
  const originals = await photoSet('large');
  const names = readdirSync(originals).filter((name) => !name.startsWith('.'));
  for (const [place, name] of names.entries()) {
    if (place >= count) break;
    const picture = sharp(readFileSync(join(originals, name)));
    const jpeg = (width: number, height: number) =>
      picture.clone().resize(width, height, { fit: 'cover' }).jpeg({ quality: 88 }).toBuffer();
    const [thumbnail, preview] = await Promise.all([jpeg(160, 107), jpeg(1616, 1080)]);
    const parts = {
      thumbnail,
      preview,
      full: preview,
      orientation: place % 3 ? 1 : 8,
      size: { width: 6000, height: 4000 },
    };
    for (let index = place; index < count; index += names.length) {
      const kind = index % 2 ? 'arw' : 'nef';
      const path = join(photos, `photo-${String(index).padStart(5, '0')}.${kind}`);
      writeFileSync(path, rawContainers[kind](parts));
      truncateSync(path, fileBytes);
    }
  }
  writeFileSync(ready, '');
}

await makeRaws();

/** With a check that there is a picture of every file. */
function given<Program extends Omit<Contender, 'items'>>(program: Program): Contender {
  return {
    ...program,
    prepare: () => {
      rmSync(output, { recursive: true, force: true });
      mkdirSync(output, { recursive: true });
    },
    verify: () => {
      const made = readdirSync(output).length;
      if (made !== count) throw new Error(`${program.name} made ${made} pictures of ${count}`);
    },
  };
}

const takers = [
  {
    name: 'exiftool, as it lies there',
    isThere: isInstalled('exiftool', '-ver'),
    command: `exiftool -q -b -JpgFromRaw -w! "${output}/%f.jpg"`,
  },
];
const present = takers.filter(({ isThere }) => isThere);
tellMissing(takers.filter(({ isThere }) => !isThere).map(({ name }) => name));
const rows = await compare(
  [
    ...present.map(({ name, command }) => given({ name, ...onAllCores(photos, command) })),
    given(shoalContender(`Shoal ${size}`, { photos, output, size })),
    given(shoalContender('Shoal 640x640', { photos, output, size: '640x640' })),
  ],
  count,
  Number(values.rounds),
);
process.stdout.write(`${count} raw files of 24 MB\n\n${ratioTable(rows, 'files')}\n`);
