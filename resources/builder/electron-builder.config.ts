import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { feedOf } from '../../tools/release/feed.ts';
import { appId } from './app-id.ts';
import { forLinux, forMac, forWindows } from './system-options.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** Where tools/dist puts what it packs from and what it packed. */
export const distFolder = 'dist-app';

interface Wanted {
  /** Packed for a system's own packages, which that system updates: the app then does not do so itself. */
  readonly forDistribution?: boolean;
  /** Instead of downloading it. */
  readonly electronDist?: string;
  readonly manifest?: Parameters<typeof feedOf>[0] & { readonly author: string };
}

export function builderConfig({
  forDistribution = false,
  electronDist,
  manifest = read('package.json'),
}: Wanted = {}): Configuration {
  return {
    appId,
    productName: 'Shoal',
    copyright: `Copyright © ${manifest.author}`,
    directories: { app: `${distFolder}/app`, output: distFolder, buildResources: 'resources' },
    ...(electronDist !== undefined && { electronDist }),
    // The app's folder has what is needed and nothing else. From its own root, electron-builder leaves node_modules out.
    files: ['{out,cli,resources,docs}/**', 'README.md', { from: 'node_modules', to: 'node_modules' }],
    // Only Electron reads archives: not the system, which opens libraries, nor the Node that runs the command line (ADR 96), nor
    // what shows the documentation. And libheif must stay replaceable (ADR 78).
    asarUnpack: ['{cli,docs}/**', 'README.md', '**/node_modules/**', 'out/main/chunks/*.wasm'],
    extraResources: [
      'LICENSE',
      { from: 'resources/linux/shoal', to: 'bin/shoal' },
      ...(forDistribution ? [{ from: 'resources/builder/distribution', to: 'distribution' }] : []),
    ],
    // That is: whoever calls has put node_modules into the app's folder; electron-builder is not to look for any itself.
    beforeBuild: async () => false,
    electronFuses: read('resources/fuses.json'),
    // Never absent: electron-builder would take the repository of package.json, whatever that is.
    publish: feedOf(manifest),
    ...forLinux(),
    ...forMac(),
    ...forWindows(),
  };
}
