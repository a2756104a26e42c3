/**
 * Thumbnails beside the peers: `node bench/thumbs.ts [--set small|large|progressive|mixed] [--size 75x75]
 * [--rounds 5] [--count N]`. Each contender makes the same thumbnails of the same files on all cores, start-up included.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { isInstalled, tellMissing } from './lib/peers.ts';
import { benchFolder, type PhotoSet, photoSet, sets } from './lib/photographs.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'small' },
    size: { type: 'string', default: '75x75' },
    rounds: { type: 'string', default: '5' },
    count: { type: 'string' },
  },
});
const set = sets.find((name) => name === values.set) as PhotoSet;
const photos = await photoSet(set, values.count === undefined ? undefined : Number(values.count));
const names = readdirSync(photos).filter((name) => !name.startsWith('.'));
const output = join(benchFolder, 'out');
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');
const cores = availableParallelism();

const prepare = (): void => {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
};
const verify = (): void => {
  const made = readdirSync(output).length;
  if (made !== names.length) throw new Error(`${made} thumbnails of ${names.length}`);
};

/** A program for one file at a time or a few, on all cores. */
const onAllCores = (command: string): [string, string[]] => [
  'bash',
  ['-c', `cd "${photos}" && printf '%s\\0' * | xargs -0 -P ${cores} -n 250 ${command}`],
];

/** Debian's Pillow belongs to Debian's Python, whatever other one comes first. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

interface Peer {
  readonly name: string;
  readonly probe: [string, ...string[]];
  readonly run: [string, string[]];
}

const peers: Peer[] = [
  {
    name: 'Pillow Pool.map',
    probe: [python, '-c', 'import PIL'],
    run: [python, [join(import.meta.dirname, 'peers/pool_map.py'), photos, output, values.size]],
  },
  {
    name: 'GraphicsMagick',
    probe: ['gm', 'version'],
    run: onAllCores(`gm mogrify -output-directory "${output}" -thumbnail ${values.size}`),
  },
  {
    name: 'vipsthumbnail',
    probe: ['vipsthumbnail', '--version'],
    run: onAllCores(`env VIPS_CONCURRENCY=1 vipsthumbnail --size ${values.size} -o "${output}/%s.jpg[Q=80]"`),
  },
];
const present = peers.filter(({ probe: [command, ...args] }) => isInstalled(command, ...args));
tellMissing(peers.filter((peer) => !present.includes(peer)).map(({ name }) => name));

const state = join(benchFolder, 'state');
const contenders: Contender[] = [
  ...present.map(({ name, run: [command, args] }) => ({ name, command, args, prepare, verify })),
  {
    name: 'Shoal',
    command: process.execPath,
    args: [shoal, 'thumbs', photos, '--size', values.size, '--out', output, '--force'],
    env: { SHOAL_STATE_DIR: state },
    prepare,
    verify,
  },
];

const rows = await compare(contenders, names.length, Number(values.rounds));
process.stdout.write(
  `${names.length} files of the set "${set}" to ${values.size}, ${cores} cores, medians of ${values.rounds}\n\n`,
);
process.stdout.write(`${ratioTable(rows, 'img')}\n`);
