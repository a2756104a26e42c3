/** `npm pack` and `npm publish` run this first: it builds what is not there, and trims package.json until they are done. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { engineBuild, isStale } from '../build-stamps.ts';
import { trimManifest } from './trim-manifest.ts';

const root = join(import.meta.dirname, '../..');
if (isStale(engineBuild)) {
  const npm = (script: string) =>
    execFileSync('npm', ['run', '-s', script], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  npm('build:kernel');
  npm('build:engine');
}
trimManifest(root);
