import { join } from 'node:path';
import { hashOfFiles } from './hash-of-files.ts';

const root = join(import.meta.dirname, '..');

/** Written last by the build of the engine: what it was built from. */
export const engineStamp = join(root, 'dist/.built-from');

/** A hash of all that `dist/` is made of. */
export function engineSources(): string {
  const sources = [
    'src/shared',
    'src/codecs',
    'src/engine',
    'src/cli',
    'tools/build-engine.ts',
    'package-lock.json',
  ];
  return hashOfFiles(root, sources, /\.test\.ts$|\/testing\//);
}
