/**
 * Thumbnails of what is fetched, without the files: `node bench/fetch-thumbs.ts [--count 2000] [--delay 0,50] [--pool 64]`.
 * Beside its two stages alone: fetching the same photographs to files, and making thumbnails of them from a folder.
 * The whole should reach 0.8 of the slower of the two.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare } from './lib/compare.ts';
import { photoSet } from './lib/photographs.ts';

const { values } = parseArgs({
  options: {
    delay: { type: 'string', default: '0,50' },
    pool: { type: 'string', default: '64' },
    size: { type: 'string', default: '75' },
    count: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const { pool, size } = values;
const base = mkdtempSync(join(values.folder, 'shoal-bench-'));
const photos = join(base, 'photos');
const output = join(base, 'out');
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');

const all = await photoSet('small');
const names = readdirSync(all)
  .filter((name) => name.endsWith('.jpg'))
  .slice(0, Number(values.count));
mkdirSync(photos);
for (const name of names) symlinkSync(join(all, name), join(photos, name));

function contender(name: string, args: string[], made: string): Contender {
  return {
    name,
    command: process.execPath,
    args: [shoal, ...args],
    env: { SHOAL_STATE_DIR: join(base, 'state') },
    prepare: () => {
      rmSync(output, { recursive: true, force: true });
      rmSync(join(base, 'state'), { recursive: true, force: true });
      mkdirSync(output);
    },
    verify: () => {
      const files = readdirSync(join(output, made)).filter((file) => file.endsWith('.jpg')).length;
      if (files !== names.length) throw new Error(`${files} files of ${names.length}`);
    },
  };
}

try {
  for (const delay of values.delay.split(',')) {
    const server = spawn(
      process.execPath,
      [join(import.meta.dirname, 'lib/delay-server.ts'), '--delay', delay, '--folder', photos],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const port = await new Promise<string>((resolve) =>
        server.stdout.once('data', (text) => resolve(String(text).trim())),
      );
      const list = join(base, 'urls.txt');
      writeFileSync(list, names.map((name) => `http://127.0.0.1:${port}/${name}\n`).join(''));
      const fetching = ['fetch', list, '--out', output, '--pool', pool, '--per-host', pool];
      const rows = await compare(
        [
          contender('fetch alone', fetching, '.'),
          contender('thumbs alone', ['thumbs', photos, '--size', size, '--out', output], '.'),
          contender(
            'fetch --thumbs --no-originals',
            [...fetching, '--no-originals', '--thumbs', size],
            'thumbs',
          ),
        ],
        names.length,
        Number(values.rounds),
      );
      const slower = Math.min(...rows.slice(0, 2).map(({ perSecond }) => perSecond));
      process.stdout.write(
        `\n${names.length} photographs, ${delay} ms latency, ${pool} at once\n\n| | items/s | CPU s | peak MiB | × the slower stage |\n|---|---:|---:|---:|---:|\n`,
      );
      for (const { name, perSecond, cpu, peakMiB } of rows) {
        process.stdout.write(
          `| ${name} | ${Math.round(perSecond)} | ${cpu.toFixed(2)} | ${peakMiB?.toFixed(0)} | ${(perSecond / slower).toFixed(2)} |\n`,
        );
      }
    } finally {
      server.kill();
    }
  }
} finally {
  rmSync(base, { recursive: true, force: true });
}
