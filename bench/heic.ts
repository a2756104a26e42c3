/**
 * Photographs of 12 megapixels in HEIC, as phones make them, with a thumbnail of 320×240:
 * `node bench/heic.ts [--count 500] [--rounds 3]`. To 75 px by the thumbnails, on one core and on two; to 640 px by
 * decoding, a fiftieth of them. A few photographs are encoded once, and are all of the files. Needs heif-enc.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, compare, ratioTable } from './lib/compare.ts';
import { benchFolder, photoSet } from './lib/photographs.ts';
import { shoal } from './lib/thumbnailers.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '500' }, rounds: { type: 'string', default: '3' } },
});
const count = Number(values.count);
const few = Math.max(2, Math.round(count / 50));
const bases = 4;
const output = join(benchFolder, 'out');

/** A folder of so many names for the encoded photographs. */
function folderOf(encoded: readonly string[], files: number): string {
  const folder = join(benchFolder, `heic-${files}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (let i = 0; i < files; i++) {
    linkSync(encoded[i % encoded.length] ?? '', join(folder, `photo-${String(i).padStart(5, '0')}.heic`));
  }
  return folder;
}

async function encodedPhotos(): Promise<string[]> {
  const photos = await photoSet('large', bases);
  const names = readdirSync(photos).filter((name) => name.endsWith('.jpg'));
  return names.map((name) => {
    const to = join(photos, name.replace('.jpg', '.heic'));
    if (existsSync(to)) return to;
    process.stdout.write(`Encoding ${name} …\n`);
    // What is interrupted leaves no half of a file.
    execFileSync('heif-enc', ['-q', '60', '-t', '320', join(photos, name), '-o', `${to}.part`], {
      stdio: 'ignore',
    });
    renameSync(`${to}.part`, to);
    return to;
  });
}

function contender(name: string, photos: string, items: number, args: readonly string[]): Contender {
  return {
    name,
    command: process.execPath,
    args: [shoal, 'thumbs', photos, '--out', output, '--no-journal', ...args],
    items,
    prepare: () => rmSync(output, { recursive: true, force: true }),
    verify: () => {
      const made = readdirSync(output).filter((file) => file.endsWith('.jpg')).length;
      if (made !== items) throw new Error(`${name} made ${made} thumbnails of ${items}`);
    },
  };
}

const encoded = await encodedPhotos();
const [all, some] = [folderOf(encoded, count), folderOf(encoded, few)];
const rows = await compare(
  [
    contender('75 px by thumbnails, one worker', all, count, ['--size', '75', '--pool', '1']),
    contender('75 px by thumbnails, two workers', all, count, ['--size', '75', '--pool', '2']),
    contender('640 px by decoding, two workers', some, few, ['--size', '640', '--pool', '2']),
  ],
  count,
  Number(values.rounds),
);
process.stdout.write(`${count} HEIC files of 12 megapixels; ${few} of them to 640 px\n\n`);
process.stdout.write(`${ratioTable(rows, 'files')}\n`);
