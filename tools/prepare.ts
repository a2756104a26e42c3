/**
 * What npm runs after an installation: builds. Not for `npx shoal` in a checkout that is built already: npm then
 * installs the checkout into its cache, as a link, and runs this again, which would keep the first command waiting for
 * a build that changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const byNpx = process.env.npm_command === 'exec';
if (!byNpx || !existsSync(join(root, 'dist/main.cjs'))) {
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}
