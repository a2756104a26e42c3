import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchName, copyRunModules, type SystemName, sharpLibraries } from './run-modules.ts';

/** For which system the app is put together. A universal app of macOS has what both processors need. */
export interface Target {
  readonly system: SystemName;
  readonly archs: readonly ArchName[];
}

/**
 * The app as it is packed: what the build wrote, the pictures that main shows, and the few packages that are not bundled. It is
 * put together here and not by electron-builder's reading of package.json, whose `dependencies` are the library's: on Linux
 * the window has another sharp.
 */
export function makeAppFolder(
  root: string,
  folder: string,
  target: Target,
  find: (packageName: string) => string,
): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { name, version, description, homepage, author, license, repository } = readManifest(root);
  const manifest = { name, version, description, homepage, author, license, repository };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: 'out/main/index.cjs' }));
  cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true, filter: (file) => isShipped(file) });
  mkdirSync(join(folder, 'resources'));
  cpSync(join(root, 'resources/dragged-file.png'), join(folder, 'resources/dragged-file.png'));
  copyRunModules(root, join(folder, 'node_modules'), sharpLibraries(target.system, target.archs), find);
}

/** Neither source maps nor what the build notes for itself. */
function isShipped(file: string): boolean {
  return !file.endsWith('.map') && !/[\\/]\.[^\\/]+$/.test(file);
}

export function readManifest(root: string) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}
