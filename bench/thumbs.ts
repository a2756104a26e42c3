/**
 * Thumbnails beside the peers: `node bench/thumbs.ts [--set small|large|progressive|mixed] [--size 75x75]
 * [--rounds 5] [--count N] [--only NAME,NAME]`. Each makes the same thumbnails of the same files on all cores.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare, ratioTable } from './lib/compare.ts';
import { benchFolder, photoSet, sets } from './lib/photographs.ts';
import { thumbnailers } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'small' },
    size: { type: 'string', default: '75x75' },
    rounds: { type: 'string', default: '5' },
    count: { type: 'string' },
    only: { type: 'string' },
  },
});
const set = sets.find((name) => name === values.set);
if (!set) throw new Error(`Expected --set to be one of ${sets.join(', ')}, got ${values.set}`);
const photos = await photoSet(set, values.count === undefined ? undefined : Number(values.count));
const count = readdirSync(photos).filter((name) => !name.startsWith('.')).length;
const output = join(benchFolder, 'out');
const former = join(benchFolder, 'former');
let runs = 0;

const prepare = (): void => {
  // Deleted in the end only: on a disk mounted with `discard` deleting thumbnails costs more than making them, and
  // would go on into the next run.
  mkdirSync(former, { recursive: true });
  if (existsSync(output)) renameSync(output, join(former, String(runs++)));
  mkdirSync(output);
  // On a disk, what the one before it left to be written would fall on the next.
  execFileSync('sync', ['--file-system', benchFolder]);
};
const verify = (): void => {
  const made = readdirSync(output).length;
  if (made !== count) throw new Error(`${made} thumbnails of ${count}`);
};

const only = values.only?.split(',');
const contenders = thumbnailers({ photos, output, size: values.size })
  .filter(({ name }) => only?.includes(name) ?? true)
  .map((thumbnailer) => ({ ...thumbnailer, prepare, verify }));
rmSync(former, { recursive: true, force: true });
const rows = await compare(contenders, count, Number(values.rounds));
rmSync(former, { recursive: true });
const conditions = `${availableParallelism()} cores, medians of ${values.rounds}`;
process.stdout.write(`${count} files of the set "${set}" to ${values.size}, ${conditions}\n\n`);
process.stdout.write(`${ratioTable(rows, 'img')}\n`);
