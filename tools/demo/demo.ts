/**
 * `npm run demo`: the main job in under a minute, on pictures made here and a server started here.
 * Nothing outside this machine is contacted, and everything is removed at the end unless `--keep` is given.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { makeSampleImages } from '../../test/images/sample-images.ts';
import { startPhotoServer } from './photo-server.ts';

const pictures = 200;
const latencyMs = 50;
const shoal = join(import.meta.dirname, '../../bin/shoal.cjs');
const keep = process.argv.includes('--keep');

const folder = mkdtempSync(join(tmpdir(), 'shoal-demo-'));
const photos = join(folder, 'photos');

/** Shows a command as a person would type it, and runs it. */
async function show(why: string, ...args: string[]): Promise<void> {
  process.stdout.write(`\n${why}\n${styleText('cyan', `$ shoal ${args.join(' ')}`)}\n`);
  // The demo's runs are remembered in its own folder, not among the person's.
  const env = { ...process.env, SHOAL_STATE_DIR: join(folder, 'state') };
  const child = spawn(process.execPath, [shoal, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let lines = 0;
  let last = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split(/(?<=\n)/)) {
      // A line an item is for log files; here the first few and the last tell enough.
      if (!line.startsWith('done ') && !line.startsWith('skipped ')) process.stdout.write(line);
      else if (lines < 3) process.stdout.write(line);
      else last = line;
      lines += 1;
    }
  });
  const code = await new Promise<number>((resolve) => child.on('close', (exit) => resolve(exit ?? 1)));
  if (last !== '')
    process.stdout.write(styleText('dim', `(${lines - 1} lines; a terminal shows one live line)\n`));
  if (code !== 0) throw new Error(`shoal ${args.join(' ')} ended with ${code}`);
}

async function demo(): Promise<void> {
  process.stdout.write(`Making ${pictures} sample pictures in ${photos} …\n`);
  const names = await makeSampleImages(photos, { count: pictures });
  const server = await startPhotoServer(photos, latencyMs);
  try {
    writeFileSync(join(folder, 'urls.txt'), names.map((name) => `${server.origin}/${name}\n`).join(''));
    await show('1. A folder of pictures becomes thumbnails:', 'thumbs', 'photos');
    await show('2. Once more: what has not changed is skipped:', 'thumbs', 'photos');
    await show(
      `3. A list of URLs (a server here, ${latencyMs} ms away) becomes files with thumbnails:`,
      'fetch',
      'urls.txt',
      '--per-host',
      '13',
      '--thumbs',
    );
    await show('4. Which pool size is best? Experiment:', 'tune', 'fetch', 'urls.txt', '--per-host', '13');
  } finally {
    await server.close();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(
    keep ? `\nLeft in ${folder}.\n` : '\nThat was all; the demo folder is removed (--keep leaves it).\n',
  );
}

await demo();
