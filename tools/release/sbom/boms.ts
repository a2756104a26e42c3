import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noticesOf } from '../../notices/notices.ts';
import { manifestOf } from '../../package/manifest.ts';
import { type Bom, bomOfLock } from './cyclonedx.ts';
import { packagesInFolder, packagesInNotices } from './packages-of.ts';
import { installedWith, shippedBom } from './shipped-bom.ts';

/** Of npm's package: what is bundled in dist/, and what npm installs beside it. */
export function bomOfPackage(root: string, all = bomOfLock(root)): Bom {
  const { name, version, dependencies } = manifestOf(root);
  return shippedBom(all, {
    subject: { type: 'library', name, version },
    inside: packagesInNotices(engineNotices(root)),
    beside: installedWith(all, Object.keys(dependencies)),
  });
}

/**
 * Of the window as it is installed: Electron, what is bundled, and the packages that really lie in its folders (the asar, and what is
 * unpacked beside it). The notices name sharp's build for the system that packs, which is not the one that is packed.
 */
export function bomOfApp(root: string, folders: readonly string[], all = bomOfLock(root)): Bom {
  const { name, version, dependencies } = manifestOf(root);
  const installed = installedWith(all, Object.keys(dependencies));
  const bundled = noticesOf(root).map((notice) => `${notice.name}@${notice.version}`);
  const electron = manifestOf(join(root, 'node_modules/electron')).version;
  return shippedBom(all, {
    subject: { type: 'application', name: `${name}-window`, version },
    inside: new Set([
      `electron@${electron}`,
      ...packagesInNotices(engineNotices(root)),
      ...bundled.filter((name) => !installed.has(name)),
      ...folders.flatMap((folder) => [...packagesInFolder(folder)]),
    ]),
  });
}

function engineNotices(root: string): string {
  return readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
}
