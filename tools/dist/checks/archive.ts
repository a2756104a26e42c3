import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import type { DistCheck } from '../tree.ts';

/** An entry of the archive's header. */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
  readonly integrity?: unknown;
  readonly link?: string;
}

/** What the archive says is beside it is there, and every file in it has the hashes that Electron compares it with. */
export const check: DistCheck = {
  name: 'archive',
  async run({ packed }) {
    const archive = join(packed, 'resources/app.asar');
    const wrong: string[] = [];
    const look = (entry: Entry, path: string): void => {
      if (entry.files !== undefined) {
        for (const [name, child] of Object.entries(entry.files))
          look(child, path === '' ? name : `${path}/${name}`);
      } else if (entry.unpacked && !existsSync(join(`${archive}.unpacked`, path))) {
        wrong.push(`app.asar.unpacked/${path} is missing`);
      } else if (entry.integrity === undefined && entry.link === undefined) {
        wrong.push(`${path} has no hash`);
      }
    };
    look(getRawHeader(archive).header as Entry, '');
    if (wrong.length > 0) throw new Error(wrong.join(', '));
    return undefined;
  },
};
