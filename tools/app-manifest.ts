import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Electron has the app's name, version and entry from here: those of the checkout are the library's. */
export function writeAppManifest(root: string, folder: string): void {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = { name, version, main: 'main/index.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}
