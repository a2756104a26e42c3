import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engineBuild, isStale } from '../tools/build-stamps.ts';

/** Vitest's global setup: the command line is tested as it is shipped, from the built engine, which is built where it is stale. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const shell = process.platform === 'win32';
  const run = (script: string) =>
    execFileSync('npm', ['run', '-s', script], { cwd: root, stdio: 'inherit', shell });
  run('build:kernel');
  if (isStale(engineBuild)) run('build:engine');
}
