import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-vite';
import { writeAppManifest } from './app-manifest.ts';
import { appBuild, isStale, markBuilt } from './build-stamps.ts';
import { withBundled } from './notices/in-bundles.ts';
import { noticesOf } from './notices/notices.ts';

const root = join(import.meta.dirname, '..');

/** Through its API and not its command, which some copies of node_modules have without the right to run. */
if (isStale(appBuild)) {
  await build({ logLevel: 'warn' });
  writeFileSync(join(root, 'out/notices.json'), JSON.stringify(withBundled(noticesOf(root), root, 'out')));
  writeAppManifest(root, join(root, 'out'));
  markBuilt(appBuild);
}
