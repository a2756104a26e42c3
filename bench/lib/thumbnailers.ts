import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isInstalled, tellMissing } from './peers.ts';
import { benchFolder } from './photographs.ts';

/** A program that makes thumbnails of all the files of a folder, on all cores. */
export interface Thumbnailer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly photos: string;
  readonly output: string;
  /** Such as `75x75`. */
  readonly size: string;
}

/** Debian's Pillow belongs to Debian's Python, whatever other one comes first. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
export const shoal = join(import.meta.dirname, '../../bin/shoal.cjs');
const cores = availableParallelism();

/** Pillow, GraphicsMagick and vipsthumbnail as far as they are installed, and Shoal as it comes and with `--fast`. */
export function thumbnailers(job: Job): Thumbnailer[] {
  const { photos, output, size } = job;
  const peers = [
    {
      name: 'Pillow Pool.map',
      probe: [python, '-c', 'import PIL'],
      command: python,
      args: [join(import.meta.dirname, '../peers/pool_map.py'), photos, output, size],
    },
    {
      name: 'GraphicsMagick',
      probe: ['gm', 'version'],
      // At its best: one thread a process, as there is a process a core, and told how large JPEG need be decoded.
      ...onAllCores(
        photos,
        `env OMP_NUM_THREADS=1 gm mogrify -size ${doubled(size)} -output-directory "${output}" -thumbnail ${size}`,
      ),
    },
    {
      name: 'vipsthumbnail',
      probe: ['vipsthumbnail', '--version'],
      ...onAllCores(
        photos,
        `env VIPS_CONCURRENCY=1 vipsthumbnail --size ${size} -o "${output}/%s.jpg[Q=75]"`,
      ),
    },
  ];
  const present = peers.filter(({ probe: [command = '', ...args] }) => isInstalled(command, ...args));
  tellMissing(peers.filter((peer) => !present.includes(peer)).map(({ name }) => name));
  return [
    ...present.map(({ name, command, args }) => ({ name, command, args })),
    shoalContender('Shoal', job),
    shoalContender('Shoal --fast', job, '--fast'),
  ];
}

/** At Pillow's and GraphicsMagick's quality, so that what is compared is the scaling. */
export function shoalContender(name: string, { photos, output, size }: Job, ...flags: string[]): Thumbnailer {
  const args = [
    shoal,
    'thumbs',
    photos,
    '--size',
    size,
    '--quality',
    '75',
    '--out',
    output,
    '--force',
    ...flags,
  ];
  return { name, command: process.execPath, args, env: { SHOAL_STATE_DIR: join(benchFolder, 'state') } };
}

/** `75x75` is `150x150`. */
function doubled(size: string): string {
  return size
    .split('x')
    .map((side) => 2 * Number(side))
    .join('x');
}

/** A program that takes some files at a time, as often at once as there are cores. */
export function onAllCores(photos: string, command: string): { command: string; args: string[] } {
  const line = `cd "${photos}" && printf '%s\\0' * | xargs -0 -P ${cores} -n 250 ${command}`;
  return { command: 'bash', args: ['-c', line] };
}
