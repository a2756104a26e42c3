import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersInBundles } from '../notices/in-bundles.ts';

export interface Package {
  readonly name: string;
  readonly version: string;
}

export function idOf({ name, version }: Package): string {
  return `${name} ${version}`;
}

/** All that is in the app, of what is bundled once for each copy of the package. */
export function packagesOf(root: string, app: string): Package[] {
  return [...inFolders(app), ...bundled(root)];
}

function bundled(root: string): Package[] {
  return [...foldersInBundles(root, 'out')].map((folder) => read(join(folder, 'package.json')));
}

function inFolders(app: string): Package[] {
  return globSync('node_modules/**/package.json', { cwd: app })
    .map((path) => read(join(app, path)))
    .filter(({ name, version }) => name !== undefined && version !== undefined);
}

function read(path: string): Package {
  return JSON.parse(readFileSync(path, 'utf8'));
}
