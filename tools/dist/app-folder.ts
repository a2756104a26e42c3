import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appId } from '../../resources/builder/app-id.ts';
import type { Notice } from '../../src/shared/ipc/notices.ts';
import { withBundled } from '../notices/in-bundles.ts';
import { importedPackages, noticeOf, noticesOf } from '../notices/notices.ts';
import { copyCommandLine } from './command-line.ts';
import { type ArchName, copyRunModules, notBundled, type SystemName, sharpLibraries } from './run-modules.ts';

/** For which system the app is put together. A universal app of macOS has what both processors need. */
export interface Target {
  readonly system: SystemName;
  readonly archs: readonly ArchName[];
  /** Where sharp's libraries for it are installed, if that is not the checkout. */
  readonly libraries?: string;
}

/**
 * The app as it is packed: what the build wrote, the pictures that main shows, and the few packages that are not bundled. It is
 * put together here and not by electron-builder's reading of package.json, whose `dependencies` are the library's: on Linux
 * the window has another sharp.
 */
export function makeAppFolder(root: string, folder: string, target: Target): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { name, version, description, homepage, author, license, repository } = readManifest(root);
  const manifest = { name, version, description, homepage, author, license, repository };
  // By the name of its desktop file a Linux desktop knows whose a window is.
  const forElectron = { main: 'out/main/index.cjs', desktopName: `${appId}.desktop` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, ...forElectron }));
  cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true, filter: isShipped });
  // It is there for `electron out` in a checkout.
  rmSync(join(folder, 'out/package.json'));
  for (const picture of ['resources/dragged-file.png', 'resources/icons/256x256.png']) {
    cpSync(join(root, picture), join(folder, picture));
  }
  for (const path of ['README.md', ...globSync('docs/**/*.md', { cwd: root })]) {
    cpSync(join(root, path), join(folder, path));
  }
  copyCommandLine(root, folder);
  const libraries = sharpLibraries(target.system, target.archs);
  const modules = copyRunModules(root, join(folder, 'node_modules'), libraries, target.libraries);
  writeFileSync(join(folder, 'out/notices.json'), JSON.stringify(noticesOfApp(root, modules)));
}

/**
 * The build's notices are of what is installed in the checkout. Of the packages in folders of their own the app has other ones:
 * sharp's library for its system, and no other's.
 */
function noticesOfApp(root: string, modules: readonly string[]): Notice[] {
  const bundled = importedPackages(root).filter((name) => !notBundled.includes(name));
  const all = [...noticesOf(root, bundled), ...modules.map((module) => noticeOf(module))];
  return withBundled(all, root, 'out');
}

/** Neither source maps nor what the build notes for itself. */
function isShipped(file: string): boolean {
  return !file.endsWith('.map') && !/[\\/]\.[^\\/]+$/.test(file);
}

function readManifest(root: string) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
