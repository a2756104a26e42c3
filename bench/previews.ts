/**
 * Thumbnails of the previews that cameras put into their files: `node bench/previews.ts [--count 2000] [--size 75x75]
 * [--rounds 3]`. Files of 12 megapixels with EXIF's thumbnail of 160×120. exiftool only takes that out, on all cores;
 * what decodes the photographs themselves is given every tenth of them.
 */
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';
import { benchFolder, photoSet } from './lib/photographs.ts';
import { onAllCores, shoalContender, thumbnailers } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    size: { type: 'string', default: '75x75' },
    rounds: { type: 'string', default: '3' },
  },
});
const { size } = values;
const photos = await photoSet('camera', Number(values.count));
const names = readdirSync(photos).filter((name) => !name.startsWith('.'));
const output = join(benchFolder, 'out');
const tenth = join(benchFolder, 'camera-tenth');
const some = names.filter((_name, index) => index % 10 === 0);
rmSync(tenth, { recursive: true, force: true });
mkdirSync(tenth);
for (const name of some) symlinkSync(join(photos, name), join(tenth, name));

/** With a check that there is a thumbnail for every file. */
function given<Program extends Omit<Contender, 'items'>>(program: Program, items: number): Contender {
  return {
    ...program,
    items,
    prepare: () => {
      rmSync(output, { recursive: true, force: true });
      mkdirSync(output, { recursive: true });
    },
    verify: () => {
      const made = readdirSync(output).length;
      if (made !== items) throw new Error(`${program.name} made ${made} thumbnails of ${items}`);
    },
  };
}

const exiftool = isInstalled('exiftool', '-ver')
  ? [
      {
        name: 'exiftool, as it lies there',
        ...onAllCores(photos, `exiftool -q -b -ThumbnailImage -w! "${output}/%f.jpg"`),
      },
    ]
  : [];
if (exiftool.length === 0) tellMissing(['exiftool']);
const rows = await compare(
  [
    ...exiftool.map((program) => given(program, names.length)),
    given(shoalContender('Shoal --previews', { photos, output, size }, '--previews'), names.length),
    ...thumbnailers({ photos: tenth, output, size }).map((program) => given(program, some.length)),
  ],
  names.length,
  Number(values.rounds),
);
process.stdout.write(
  `${names.length} files of 12 megapixels to ${size}; a tenth of them for those that decode the photograph\n\n`,
);
process.stdout.write(`${ratioTable(rows, 'files')}\n`);
