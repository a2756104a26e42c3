import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engineSources, engineStamp } from '../tools/engine-stamp.ts';

/** Vitest's global setup: the command line is tested as it is shipped, from the built engine, which is built where it is stale. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const run = (script: string) => execFileSync('npm', ['run', '-s', script], { cwd: root, stdio: 'inherit' });
  run('build:kernel');
  if (builtFrom() !== engineSources()) run('build:engine');
}

function builtFrom(): string | undefined {
  try {
    return readFileSync(engineStamp, 'utf8');
  } catch {
    return undefined;
  }
}
