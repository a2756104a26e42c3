import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../src/shared/ipc/notices.ts';
import { bundledNotices } from './bundled.ts';

/**
 * The packages of which something is in what was built, by its source maps. Bundlers also take what a package asks for without
 * naming it, if it happens to be installed: `debug` does so with supports-color.
 */
export function foldersInBundles(root: string, output: string): Set<string> {
  const folders = new Set<string>();
  for (const path of globSync(`${output}/**/*.map`, { cwd: root })) {
    const { sources } = JSON.parse(readFileSync(join(root, path), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const folder = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0];
      if (folder !== undefined) folders.add(join(root, folder));
    }
  }
  return folders;
}

/** These notices, and those of packages in the bundles that are not among them. */
export function withBundled(notices: readonly Notice[], root: string, output: string): Notice[] {
  const id = ({ name, version }: Notice) => `${name} ${version}`;
  const known = new Set(notices.map(id));
  const others = bundledNotices(foldersInBundles(root, output)).filter((notice) => !known.has(id(notice)));
  return [...notices, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}
