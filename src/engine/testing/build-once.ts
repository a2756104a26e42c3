import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Vitest's global setup: the command line is tested as it is shipped, from the built engine. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  for (const script of ['build:kernel', 'build:engine']) {
    execFileSync('npm', ['run', '-s', script], { cwd: root, stdio: 'inherit' });
  }
}
