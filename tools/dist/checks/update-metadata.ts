import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { manifestOf } from '../../package/manifest.ts';
import { feedOf } from '../../release/feed.ts';
import type { DistCheck } from '../tree.ts';

/** Where a packed app looks for newer versions: at the releases of its repository and nowhere else, and only by https. */
export const check: DistCheck = {
  name: 'update-metadata',
  async run({ root, packed }) {
    const file = join(packed, 'resources/app-update.yml');
    const wanted = feedOf(manifestOf(root));
    if (wanted === null) {
      if (existsSync(file)) throw new Error('resources/app-update.yml asks an account that nobody owns');
      return { skipped: 'the address in package.json is a placeholder: the app asks nobody' };
    }
    if (!existsSync(file)) throw new Error('resources/app-update.yml is missing: the app would never look');
    const feed: unknown = parse(readFileSync(file, 'utf8'));
    if (typeof feed !== 'object' || feed === null) throw new Error('resources/app-update.yml is no feed');
    const { updaterCacheDirName, ...said } = feed as Record<string, unknown>;
    // A signed installer of Windows names who has signed it.
    const known = [...Object.keys(wanted), 'publisherName'];
    const other = Object.keys(said).filter((key) => !known.includes(key));
    if (other.length > 0)
      throw new Error(`resources/app-update.yml says what nobody wrote: ${other.join(', ')}`);
    for (const [key, value] of Object.entries(wanted)) {
      if (said[key] !== value)
        throw new Error(`resources/app-update.yml: expected ${key} ${value}, got ${said[key]}`);
    }
    if (typeof updaterCacheDirName !== 'string' || !/^[\w-]+$/.test(updaterCacheDirName))
      throw new Error(`resources/app-update.yml: expected a folder's name, got ${updaterCacheDirName}`);
    return undefined;
  },
};
