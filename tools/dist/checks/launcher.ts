import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import sharp from 'sharp';
import { linuxLauncher } from '../../../resources/builder/linux-files.ts';
import { smallPictures } from '../../package/small-pictures.ts';
import type { DistCheck } from '../tree.ts';

/** Read by code of our own, and by sharp's WebAssembly. */
const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const;

/** `shoal` behind a link, from another folder, makes thumbnails with nothing but what was packed. */
export const check: DistCheck = {
  name: 'launcher',
  async run({ packed }) {
    if (process.platform === 'win32') return { skipped: 'it is for Linux and macOS' };
    const folder = mkdtempSync(join(tmpdir(), 'shoal-launcher-'));
    try {
      // Away from the checkout, in whose node_modules it would find all that it misses.
      const app = join(folder, 'opt/Shoal');
      cpSync(join(packed, 'resources'), join(app, 'resources'), { recursive: true });
      symlinkSync(join(app, linuxLauncher), join(folder, 'shoal'));
      await makePhotos(join(folder, 'photos'));
      const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
      const shoal = (...args: string[]) =>
        spawnSync(join(folder, 'shoal'), args, {
          cwd: folder,
          encoding: 'utf8',
          env: { PATH, HOME: folder, SHOAL_STATE_DIR: join(folder, 'state') },
        });
      const { status, stdout, stderr } = shoal('thumbs', 'photos');
      if (status !== 0) throw new Error(`shoal thumbs ended with ${status}: ${stdout}${stderr}`);
      const [wanted, made] = ['photos', 'photos/thumbs'].map((path) => filesIn(join(folder, path)).length);
      if (made !== wanted) throw new Error(`${made} thumbnails of ${wanted} were made: ${stdout}${stderr}`);
      return undefined;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function makePhotos(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const photo = sharp({ create: { width: 320, height: 240, channels: 3, background: '#0c7489' } });
  for (const format of formats)
    await photo
      .clone()
      .toFormat(format)
      .toFile(join(folder, `a ${format}.${format}`));
  for (const [name, bytes] of Object.entries(smallPictures)) writeFileSync(join(folder, name), bytes);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
