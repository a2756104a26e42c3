import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestOf, packedManifest } from './manifest.ts';

const keptAt = 'node_modules/.cache/shoal/package.json';

/** Before `npm pack`, which packs package.json as it finds it. */
export function trimManifest(root: string): void {
  const kept = join(root, keptAt);
  const path = join(root, 'package.json');
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, readFileSync(path));
  writeFileSync(path, `${JSON.stringify(packedManifest(manifestOf(root)), null, 2)}\n`);
}

/** After it. */
export function restoreManifest(root: string): void {
  renameSync(join(root, keptAt), join(root, 'package.json'));
}
