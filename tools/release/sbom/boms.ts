import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../../src/shared/ipc/notices.ts';
import { manifestOf } from '../../package/manifest.ts';
import { type Bom, bomOfLock } from './cyclonedx.ts';
import { packagesInFolder, packagesInNotices } from './packages-of.ts';
import { installedWith, shippedBom } from './shipped-bom.ts';

/** Of npm's package: what is bundled in dist/, and what npm installs beside it. */
export function bomOfPackage(root: string, all = bomOfLock(root)): Bom {
  const { name, version, dependencies } = manifestOf(root);
  return shippedBom(all, {
    subject: { type: 'library', name, version },
    inside: bundledInEngine(root),
    beside: installedWith(all, Object.keys(dependencies)),
    folders: [root],
  });
}

/**
 * Of the window and the command line as they are installed: Electron, what is bundled, and the packages that lie in the app's folder.
 *
 * @param app what was packed, or that out of its archive.
 */
export function bomOfApp(root: string, app: string, all = bomOfLock(root)): Bom {
  const { name, version, dependencies } = manifestOf(root);
  const packed = packagesInFolder(app);
  const installed = installedWith(all, Object.keys(dependencies));
  const notices: Notice[] = JSON.parse(readFileSync(join(app, 'out/notices.json'), 'utf8'));
  // The notices also have what is not bundled as it is installed where they were made, for that system: what was packed tells that.
  const bundled = notices
    .map((notice) => `${notice.name}@${notice.version}`)
    .filter((id) => !installed.has(id) && !/-(linux|darwin|win32)-/.test(id));
  const electron = `electron@${manifestOf(join(root, 'node_modules/electron')).version}`;
  return shippedBom(all, {
    subject: { type: 'application', name: `${name}-window`, version },
    inside: new Set([electron, ...bundledInEngine(root), ...bundled, ...packed]),
    folders: [app, root],
  });
}

function bundledInEngine(root: string): Set<string> {
  return packagesInNotices(readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'));
}
