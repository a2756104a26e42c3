/**
 * Tables of pool sizes: `node bench/pool-sizes.ts`. Thumbnails of 3,000 small photographs, and 100 URLs on a server
 * 50 ms away, with pool sizes 1 to 13, by `shoal tune`.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPhotoServer } from '../tools/demo/photo-server.ts';
import { benchFolder, photoSet } from './lib/photographs.ts';

const urls = 100;
const latencyMs = 50;
const photos = await photoSet('small', 3000);
const shoal = join(import.meta.dirname, '../bin/shoal.cjs');

async function tune(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [shoal, 'tune', ...args], { stdio: 'inherit' });
  await new Promise((resolve) => child.on('close', resolve));
}

process.stdout.write('Thumbnails of 3,000 photographs\n');
await tune('thumbs', photos, '--sizes', '1,2,3,4,6,8');

const server = await startPhotoServer(photos, latencyMs);
try {
  const list = join(benchFolder, 'urls.txt');
  const names = Array.from({ length: urls }, (_, index) => `photo-${String(index).padStart(5, '0')}.jpg`);
  writeFileSync(list, names.map((name) => `${server.origin}/${name}\n`).join(''));
  process.stdout.write(`\n${urls} URLs on one server, ${latencyMs} ms away\n`);
  await tune('fetch', list, '--per-host', '13', '--sizes', '1,4,8,13');
} finally {
  await server.close();
}
